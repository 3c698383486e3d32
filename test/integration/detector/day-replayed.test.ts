// A day of a platform's stream, sent through two detectors' decisions in a few seconds: what rules said live, a backtest says again byte for byte, and
// each counter that they read is what somebody counts who sees the whole day. A real record; stream, intake and platforms are out of scope.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { named } from "../../../services/core/acts/doer.ts";
import { type ItemId, itemId, type PlatformId, type UserId, uuidv7 } from "../../../services/core/ids.ts";
import { defaultPolicy, initialPolicies } from "../../../services/core/policy/policy.ts";
import { createReplay } from "../../../services/core/rules/backtest.ts";
import { createRuleCompiler } from "../../../services/core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../../services/core/rules/fact-catalogue.ts";
import { createFactReader } from "../../../services/core/rules/fact-record.ts";
import { type LatelyName, latelyNames } from "../../../services/core/rules/lately.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { createDecide } from "../../../services/detector/steps/decide.ts";
import type { Asked, Decided } from "../../../services/detector/values.ts";
import { followRules, type RuleFollower } from "../../../services/parts/follow-rules.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";
import { decideBy } from "../../support/decide-case.ts";
import { newItem } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

const dayMs = 86_400_000;
const began = Date.parse("2026-11-20T00:00:00Z");
const itemsADay = 1_200;
const accounts = 9;

const rules = [
	{ name: "burst", when: 'count(account, "5m") >= 3' },
	{ name: "busy-hour", when: "account.items1h >= 12 && account.items1d > 20" },
	{ name: "removed-before", when: "account.removed > 0" },
	{ name: "new-and-busy", when: "account.firstDayRate >= 2.0 && account.ageHours < 12" },
	{ name: "same-words", when: 'distinct(accounts by cluster, "1h") >= 2 || cluster.accounts1d >= 7' },
	{ name: "kept-or-held", when: "account.restored > account.withheld && item.links > 0" },
	{ name: "by-letters", when: "account.items5m > 1 && item.textLength / item.digits > 9" },
];

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: { readonly id: PlatformId; readonly source: string };
let userId: UserId;
let followers: readonly RuleFollower[];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	platform = await stores.platforms.create(forum);
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" };
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
	for (const one of rules) {
		const body = { ...one, does: { review: true }, category: null, owner: "an", reviewBy: "2027-06-30" } as const;
		await stores.rules.draft(body, { isChecked: true, by: named("an"), why: "a day" });
	}
	await record.database.rows(sql`UPDATE rule_stages SET stage = 'live'`);
	const follow = () =>
		followRules({
			...{ store: stores.rules, factStore: stores.facts, signalCatalogue, metrics: createMetrics("test") },
			...{ clock: { now: Date.now }, logger: silentLogger },
		});
	followers = [await follow(), await follow()];
}, 60_000);
afterAll(async () => {
	for (const one of followers ?? []) await one[Symbol.asyncDispose]();
	await record[Symbol.asyncDispose]();
});

/** The same day each time. */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 4_294_967_296;
	};
}

interface Sent {
	readonly id: ItemId;
	readonly at: number;
	readonly account: number;
	readonly text: string;
	readonly madeAt: number;
}

/** In the order in which they came; some accounts are made in the middle of the day, many send in bursts, few words are said often. */
function aDay(): readonly Sent[] {
	const random = createRandom(7);
	const times = Array.from({ length: itemsADay }, () => {
		const hour = Math.floor(random() * 24);
		return began + Math.floor((hour + (random() < 0.5 ? random() : random() / 12)) * 3_600_000);
	});
	return times
		.toSorted((a, b) => a - b)
		.map((at, index) => {
			const account = Math.floor(random() ** 2 * accounts);
			const shared =
				random() < 0.3 ? `the same ${Math.floor(random() * 8)} again and again` : `number ${index} of many`;
			const link = random() < 0.3 ? " https://a.example" : "";
			const text = random() < 0.1 ? `words alone${link}` : `${shared}${link} 1`;
			const madeAt = account < 4 ? began - 90 * dayMs : began - account * 3_600_000;
			return { id: itemId.parse(uuidv7(at)), at, account, text, madeAt };
		});
}

function askedOf({ id, at, account, text, madeAt }: Sent): Asked {
	const evidence = { text, mediaType: null, hashes: null };
	const item = {
		...{ itemId: id, kind: "post", surface: "public", country: null, authorId: `account-${account}`, language: null },
		...{
			isEdit: false,
			isWithheld: false,
			signals: [],
			memberships: [],
			awaitedBy: null,
			evidence,
			record: { receivedAtMs: at },
		},
		event: { source: platform.source, id, accountCreated: new Date(madeAt) },
		platform: { id: platform.id, name: "forum" },
	};
	// The step reads these alone.
	return item as unknown as Asked;
}

async function recordIt(sent: Sent, { verdict, facts }: Decided): Promise<void> {
	await stores.verdicts.record([
		newItem(platform.id, platform.source, {
			...{ id: sent.id, eventId: sent.id, kind: "post", hashes: null, verdict, facts },
			...{ authorId: `account-${sent.account}`, receivedAt: new Date(sent.at), subject: `post/${sent.id}` },
		}),
	]);
}

/** PostgreSQL divides hours in decimals: the last bit of a rate is its own. Whole numbers stay as they are. */
const rounded = (value: number) => Number(value.toPrecision(12));

type Counted = Pick<Sent, "at" | "account" | "text">;

/** As somebody counts who has seen all that was noted up to the item, and knows what people decided of it. */
function countsOf(noted: readonly Counted[], item: Sent, decided: { removed: readonly number[] }) {
	const within = (one: Counted, windowMs: number) => Math.abs(item.at - one.at) < windowMs;
	const of = (windowMs: number) => noted.filter((one) => one.account === item.account && within(one, windowMs)).length;
	const voices = (windowMs: number) =>
		new Set(noted.filter((one) => one.text === item.text && within(one, windowMs)).map(({ account }) => account)).size;
	const [items1d, hours] = [of(dayMs), (item.at - item.madeAt) / 1_000 / 3_600];
	return {
		...{ "account.items5m": of(300_000), "account.items1h": of(3_600_000), "account.items1d": items1d },
		"account.removed": decided.removed.filter((account) => account === item.account).length,
		...{ "account.restored": 0, "account.withheld": 0, "account.ageHours": Math.floor(hours) },
		"account.firstDayRate": hours < 24 ? rounded(items1d / Math.max(1, hours)) : 0,
		...{ "cluster.accounts1h": voices(3_600_000), "cluster.accounts1d": voices(dayMs) },
	} satisfies Record<LatelyName, number>;
}

const verdictRow = z.object({ id: itemId, signals: z.array(z.looseObject({ kind: z.string() })) });

async function saidLive(): Promise<readonly string[]> {
	const rows = await record.database.rows(
		sql`SELECT item_id AS id, signals FROM verdicts ORDER BY item_id`,
		verdictRow,
	);
	return rows.map(({ id, signals }) => {
		const heard = signals.filter(({ kind }) => kind === "rule");
		return `${id} ${heard.map(({ version, outcome }) => `${version} ${outcome}`).join(", ")}`;
	});
}

const compiler = createRuleCompiler(createFactCatalogue(signalCatalogue));
const range = { from: new Date(began - dayMs), to: new Date(began + 2 * dayMs) };

async function saidAgain(limit: number): Promise<readonly string[]> {
	const reader = createFactReader(await stores.facts.layouts(), compiler.facts.empty);
	const replays = (await stores.rules.asked()).map(({ body, revision }) => {
		const compiled = compiler.compile(body);
		if (compiled.kind === "refused") throw new Error(`${body.name} is refused`);
		return { name: `${body.name}@${revision}`, replay: createReplay(compiled.rule, [], { compiler, reader }) };
	});
	const again: string[] = [];
	let page = await stores.facts.page(range, null, limit);
	while (page.length > 0) {
		const outcomes = replays.map(({ replay }) => replay.outcomes(page));
		for (const [at, { itemId: id }] of page.entries()) {
			const held = replays.flatMap(({ name }, rule) => {
				const outcome = outcomes[rule]?.[at];
				return outcome === "not-held" ? [] : [`${name} ${outcome}`];
			});
			again.push(`${id} ${held.join(", ")}`);
		}
		page = await stores.facts.page(range, page.at(-1)?.itemId ?? null, limit);
	}
	return again;
}

test("a backtest of a day says what two detectors said live, byte for byte, and each counter is what the whole day comes to", async () => {
	const day = aDay();
	const detectors = followers.map((rulesNow) =>
		createDecide({
			...{ policies: initialPolicies, signalCatalogue, breakers: { isOpen: () => false } },
			...{ rules: rulesNow, counts: stores.counts, cases: stores.cases },
		}),
	);
	const noted: Sent[] = [];
	const expected = new Map<ItemId, ReturnType<typeof countsOf>>();
	const removed: number[] = [];
	const batch = 40;
	for (let from = 0; from < day.length; from += batch) {
		const sent = day.slice(from, from + batch);
		// Each batch in one process, one after the other: which of two comes first is no matter of chance here.
		const decide = detectors[(from / batch) % 2];
		const decided = await Promise.all(sent.map(async (one) => decide?.(askedOf(one))));
		for (const [at, one] of sent.entries()) {
			noted.push(one);
			expected.set(one.id, countsOf(noted, one, { removed }));
			const result = decided[at];
			if (result?.kind !== "next") throw new Error("every item is decided on");
			await recordIt(one, result.value);
		}
		if (from / batch === 12) removed.push(...(await removeOne(sent)));
	}
	const live = await saidLive();
	expect(live).toHaveLength(itemsADay);
	for (const limit of [97, 5_000]) expect(await saidAgain(limit)).toEqual(live);
	const silent = rules.filter(({ name }) => !live.some((line) => line.includes(`${name}@1 held`)));
	expect(silent.map(({ name }) => name)).toEqual(["kept-or-held"]);
	expect(live.some((line) => line.includes("by-letters@1 failed"))).toBe(true);

	const reader = createFactReader(await stores.facts.layouts(), compiler.facts.empty);
	const recorded = (await stores.facts.page(range, null, 5_000)).map((one) => {
		const facts = reader.read(one);
		const read = latelyNames.map((name) => {
			const [group = "", fact = ""] = name.split(".");
			const value = facts[group]?.[fact];
			return [name, typeof value === "number" ? rounded(value) : value];
		});
		return [one.itemId, Object.fromEntries(read)];
	});
	expect(Object.fromEntries(recorded)).toEqual(Object.fromEntries(expected));
}, 120_000);

test("one counter that differs by one is one line that differs", async () => {
	const live = await saidLive();
	const reader = createFactReader(await stores.facts.layouts(), compiler.facts.empty);
	const page = await stores.facts.page(range, null, 5_000);
	const edge = page.find((one) => reader.read(one).account?.items5m === 3);
	const place = (await stores.facts.layouts()).find(({ id }) => id === edge?.layout)?.names.indexOf("account.items5m");
	const facts = [...(edge?.facts ?? [])];
	facts[facts.findIndex((one, at) => at % 2 === 0 && one === place) + 1] = 2;
	await record.database.rows(
		sql`UPDATE verdict_facts SET facts = ${JSON.stringify(facts)} WHERE item_id = ${edge?.itemId ?? null}`,
	);
	const again = await saidAgain(5_000);
	expect(again.filter((line, at) => line !== live[at])).toHaveLength(1);
});

/** People remove something of these; answers the account of each item that went with it. */
async function removeOne(sent: readonly Sent[]): Promise<readonly number[]> {
	const found = await Promise.all(
		sent.map(async (one) => (await stores.cases.list({ search: `post/${one.id}`, limit: 1, offset: 0 }))[0]),
	);
	const [first] = found.flatMap((one) => one ?? []);
	if (first === undefined) throw new Error("rules have had people asked by then");
	const once = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: 1, none: 1 } };
	await decideBy(stores, userId, first.id, { decision: "remove", isLead: true, policy: once });
	const rows = await record.database.rows(
		sql`SELECT author_id AS author FROM items WHERE state = 'removed'`,
		z.object({ author: z.string() }),
	);
	return rows.map(({ author }) => Number(author.replace("account-", "")));
}
