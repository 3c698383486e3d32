// Rules from a file to a case, and out of use again: command line, record, detector on the embedded profile. The rules are our own words for
// ideas that operators commonly begin with.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { undoDecision } from "../../services/core/cases/undo-decision.ts";
import { type CaseId, firstIdAt, itemId, type UserId } from "../../services/core/ids.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import { createReplay } from "../../services/core/rules/backtest.ts";
import { createRuleCompiler } from "../../services/core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../services/core/rules/fact-catalogue.ts";
import { createFactReader } from "../../services/core/rules/fact-record.ts";
import { rule as ruleKind } from "../../services/core/signals/rule/rule-signal.ts";
import { breakwater } from "../support/cli-in-process.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const password = "correct horse battery staple";
const why = ["--why", "a test of rules"];
let system: TestSystem;
let folder: string;
const people: UserId[] = [];
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	folder = await mkdtemp(join(tmpdir(), "breakwater-rules-"));
	process.env.BREAKWATER_DATABASE_URL = system.parts.databaseUrl;
	process.env.BREAKWATER_DATA_DIR = folder;
	await writeFile(join(folder, "password"), password);
	const passwordHash = await hashPassword(password);
	for (const login of ["an", "binh"]) {
		const user = await system.parts.stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash });
		people.push(user.id);
	}
}, 60_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	process.exitCode = undefined;
	await system[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

const shared = { category: null, owner: "trust team", reviewBy: "2027-06-30" };

async function file(content: unknown): Promise<string> {
	const path = join(folder, "rules.json");
	await writeFile(path, JSON.stringify(content));
	return path;
}

async function json(...args: readonly string[]) {
	const { code, out, err } = await breakwater("--json", ...args);
	if (code !== 0) throw new Error(err);
	return JSON.parse(out);
}

const as = (login: string) => ["--login", login, "--password-file", join(folder, "password")];
const advance = (name: string, to: string, ...more: readonly string[]) =>
	json("rules", "advance", name, "--to", to, ...more, ...as("an"), ...why);

/** Through all stages; another person agrees where one must. */
async function takeLive(name: string): Promise<void> {
	await json("rules", "backtest", name, "--by", "an");
	await advance(name, "shadow");
	for (const stage of ["canary", "live"]) {
		await advance(name, stage, "--share", "1");
		await json("rules", "approve", name, ...as("binh"));
	}
}

/** The verdict of a post, with what rules said of it. */
async function verdictOf(text: string, authorId?: string) {
	const subject = await settlePost(system, text, authorId === undefined ? {} : { authorId });
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = found === undefined ? null : await cases.find(found.id);
	const item = detail?.items.find((one) => one.subject === subject);
	return {
		...{ tier: detail?.tier ?? "none", caseId: detail?.id ?? null, isOfAuthor: detail?.isOfAuthor ?? false },
		isIncomplete: detail?.isIncomplete ?? false,
		rules: (item?.signals ?? []).flatMap((one) => (one.kind === "rule" ? [`${one.rule}@${one.revision}`] : [])),
	};
}

/** As soon as a detector has followed. */
async function becomes(text: () => string, expected: Readonly<Record<string, unknown>>): Promise<void> {
	let last: unknown = null;
	await eventually(
		async () => {
			last = await verdictOf(text());
			expect(last).toMatchObject(expected);
			return true;
		},
		{ withinMs: 20_000 },
	);
}

let posts = 0;
/** No two texts are alike. */
const withLinks = (count: number) => {
	posts += 1;
	return `number ${posts}: ${Array.from({ length: count }, (_, at) => `https://place-${at}.example/${posts}`).join(" ")}`;
};

const withoutDigits = () => {
	posts += 1;
	return `no digit in this one ${"x".repeat(posts)}`;
};

describe("a post with many links", () => {
	const rule = {
		name: "many-links",
		when: "item.kind == 'post' && item.links >= 4",
		does: { review: true },
		...shared,
	};

	test("a rule is refused with its line and column, or by its cost, before it is ever asked", async () => {
		const wrong = { ...rule, when: "item.kind == 'post' &&\n  item.linkz >= 4" };
		const costly = { ...rule, name: "costly", when: nested(4) };
		const { code, out } = await breakwater("rules", "check", await file([wrong, costly]));
		process.exitCode = undefined;
		expect(code).toBe(1);
		expect(out).toMatch(/many-links: cannot be asked\n {2}line 2, column 8: there is no fact linkz; is it links\?/);
		expect(out).toMatch(/costly: cannot be asked\n {2}line 1, column 1: it may cost \d+ units, and 1000 are allowed/);
	});

	test("in draft and in shadow it changes nothing", async () => {
		await json("rules", "draft", await file(rule), ...why, "--by", "an");
		expect(await verdictOf(withLinks(5))).toMatchObject({ tier: "none", rules: [] });
		const early = await breakwater("rules", "advance", "many-links", "--to", "shadow", ...as("an"), ...why);
		expect(early).toMatchObject({ code: 1, err: expect.stringContaining("checked") });
		process.exitCode = undefined;
		const { state, examined, held, unknown, cases } = await json("rules", "backtest", "many-links", "--by", "an");
		expect({ state, examined, held, unknown }).toEqual({ state: "done", examined: 1, held: 1, unknown: 1 });
		expect(cases).toMatchObject([{ platform: system.platform.name, caseId: null, decision: null }]);
		await advance("many-links", "shadow");
		expect(await json("rules", "list")).toMatchObject([{ stage: "shadow", revision: 1 }]);
		expect(await verdictOf(withLinks(5))).toMatchObject({ tier: "none" });
		await eventually(
			async () => {
				await verdictOf(withLinks(5));
				const [day] = await json("rules", "shadow", "many-links");
				expect(day).toMatchObject({ revision: 1, failed: 0, wouldWithhold: 0 });
				expect(day.wouldReview).toBe(day.held);
			},
			{ withinMs: 20_000 },
		);
	});

	test("one person alone does not let it speak; two do, and the verdict names the revision", async () => {
		await advance("many-links", "canary", "--share", "1");
		const own = await breakwater("rules", "approve", "many-links", ...as("an"));
		expect(own).toMatchObject({ code: 1, err: expect.stringContaining("another person") });
		process.exitCode = undefined;
		await json("rules", "approve", "many-links", ...as("binh"));
		await becomes(() => withLinks(5), { tier: "T", rules: ["many-links@1"] });
		expect(await verdictOf(withLinks(2))).toMatchObject({ tier: "none", rules: [] });
		await advance("many-links", "live");
		await json("rules", "approve", "many-links", ...as("binh"));
		await becomes(() => withLinks(5), { tier: "T", rules: ["many-links@1"] });
	});

	test("an edit is another revision, and the one that is live goes on until two people let the other in", async () => {
		await json("rules", "apply", await file([{ ...rule, when: "item.links >= 7" }]), ...why, "--by", "an");
		expect(await verdictOf(withLinks(5))).toMatchObject({ rules: ["many-links@1"] });
		await takeLive("many-links");
		await becomes(() => withLinks(5), { tier: "none", rules: [] });
		await becomes(() => withLinks(8), { rules: ["many-links@2"] });
	});

	test("one person takes it back to what was live before, and stops it altogether", async () => {
		await json("rules", "back", "many-links", ...why, "--by", "an");
		await becomes(() => withLinks(5), { rules: ["many-links@1"] });
		await json("rules", "stop", "many-links", ...why, "--by", "an");
		await becomes(() => withLinks(5), { tier: "none", rules: [] });
		await json("breakers", "close", "rule", "many-links", "--reason", "looked at", "--by", "an");
		await becomes(() => withLinks(5), { rules: ["many-links@1"] });
	});
});

test("a rule is snoozed about an account until a date: what it would have said is recorded and counted, and it is heard again by itself", async () => {
	const ofLoud = () => verdictOf(withLinks(5), "loud");
	const snooze = (until: Date) =>
		json(
			...["rules", "snooze", "many-links", "--account", `${system.platform.name}/loud`, "--until", until.toISOString()],
			...[...why, "--by", "an"],
		);
	const { id } = await snooze(new Date(Date.now() + 86_400_000));
	await eventually(async () => expect(await ofLoud()).toMatchObject({ tier: "none" }), { withinMs: 20_000 });
	expect(await verdictOf(withLinks(5), "quiet")).toMatchObject({ rules: ["many-links@1"] });
	const [lasting] = await json("rules", "snoozes", "many-links");
	expect(lasting).toMatchObject({ id, by: "an", ended: null, of: { kind: "account", accountId: "loud" } });
	expect(lasting.firings).toBeGreaterThan(0);
	const again = await breakwater("rules", "snoozes");
	expect(again.out).toContain(`account ${system.platform.name}/loud`);
	await json("rules", "wake", id, ...why, "--by", "binh");
	await eventually(async () => expect(await ofLoud()).toMatchObject({ rules: ["many-links@1"] }), { withinMs: 20_000 });
	await snooze(new Date(Date.now() + 2_000));
	await eventually(
		async () => {
			expect((await json("rules", "snoozes", "many-links"))[0].ended).toBeNull();
			expect(await ofLoud()).toMatchObject({ rules: ["many-links@1"] });
		},
		{ withinMs: 20_000 },
	);
	const past = await breakwater("rules", "snooze", "many-links", "--account", "x/y", "--until", "2020-01-01", ...why);
	expect(past.code).toBe(2);
	process.exitCode = undefined;
});

test("a rule that an item makes no sense of sends the item to people, and is never taken for a no", async () => {
	const dividing = { name: "dividing", when: "item.textLength / item.digits > 900", does: { review: true }, ...shared };
	await json("rules", "draft", await file(dividing), ...why, "--by", "an");
	await takeLive("dividing");
	await becomes(withoutDigits, { isIncomplete: true, rules: ["dividing@1"] });
	await json("rules", "back", "dividing", ...why, "--by", "an");
});

test("what a rule asks of an account is one case for the account, whatever it writes", async () => {
	const busy = { name: "busy", when: "account.items1d >= 3", does: { review: true }, ...shared };
	await json("rules", "draft", await file(busy), ...why, "--by", "an");
	await takeLive("busy");
	const [an, binh] = [`busy-${randomUUID()}`, `busy-${randomUUID()}`];
	const asked = (authorId: string) =>
		eventually(
			async () => {
				const verdict = await verdictOf(withLinks(0), authorId);
				expect(verdict).toMatchObject({ rules: ["busy@1"], isOfAuthor: true });
				return verdict.caseId;
			},
			{ withinMs: 20_000 },
		);
	const ofAn = await asked(an);
	expect(await asked(an)).toBe(ofAn);
	expect(await asked(binh)).not.toBe(ofAn);
	const also = await verdictOf(withLinks(5), an);
	expect(also).toMatchObject({ rules: ["busy@1", "many-links@1"], isOfAuthor: false });
	await json("rules", "back", "busy", ...why, "--by", "an");
	await eventually(async () => expect(await verdictOf(withLinks(0), an)).toMatchObject({ rules: [] }), {
		withinMs: 20_000,
	});
});

describe("people decide what a rule had asked about an account", () => {
	const restless = { name: "restless", when: "account.items1d >= 2", does: { review: true }, ...shared };
	const asked = (authorId: string) =>
		eventually(
			async () => {
				const { caseId, rules } = await verdictOf(withLinks(0), authorId);
				if (caseId === null) throw new Error("nobody is asked");
				expect(rules).toContain("restless@1");
				return caseId;
			},
			{ withinMs: 20_000 },
		);
	/** What the rule said of the case's items, by how many posts it had counted. */
	async function saidIn(id: CaseId) {
		const items = (await system.parts.stores.cases.find(id))?.items ?? [];
		return items
			.flatMap(({ signals }) => signals)
			.flatMap((one) => (one.kind === "rule" ? [ruleKind.schema.parse(one)] : []))
			.filter(({ rule }) => rule === restless.name)
			.toSorted((a, b) => (a.tallies?.["account.items1d"] ?? 0) - (b.tallies?.["account.items1d"] ?? 0));
	}
	beforeAll(async () => {
		await json("rules", "draft", await file(restless), ...why, "--by", "an");
		await takeLive("restless");
	}, 60_000);
	afterAll(() => json("rules", "back", "restless", ...why, "--by", "an"));

	test("let be, it is silent about the account until it counts as much again; what people removed answers nothing", async () => {
		const author = `restless-${randomUUID()}`;
		const letBe = await asked(author);
		const most = (await saidIn(letBe)).at(-1)?.tallies?.["account.items1d"] ?? 0;
		await decideTogether(system.parts.stores, people, letBe, "restore");
		for (let count = most + 1; count < 2 * most; count += 1)
			expect(await verdictOf(withLinks(0), author)).toMatchObject({ caseId: null });
		const [shown] = await json("rules", "show", "restless");
		expect(shown.answered).toMatchObject({ revision: 1, items: most - 1 });
		const { out } = await breakwater("rules", "show", "restless");
		expect(out).toContain("until account.items1d is twice what they saw");

		const { caseId: again, isOfAuthor } = await verdictOf(withLinks(0), author);
		if (again === null) throw new Error("people are asked again");
		expect(isOfAuthor).toBe(true);
		expect(again).not.toBe(letBe);
		expect(await saidIn(again)).toMatchObject([{ askedBefore: { caseId: letBe, because: "as-much-again" } }]);
		await decideTogether(system.parts.stores, people, again, "remove");
		const next = await verdictOf(withLinks(0), author);
		expect(next).toMatchObject({ rules: expect.arrayContaining(["restless@1"]), isOfAuthor: true });
	});

	test("taken back, the decision answers nothing: the next item comes to the same case", async () => {
		const author = `restless-${randomUUID()}`;
		const { cases } = system.parts.stores;
		const letBe = await asked(author);
		await decideTogether(system.parts.stores, people, letBe, "restore");
		expect(await verdictOf(withLinks(0), author)).toMatchObject({ caseId: null });
		const [userId] = people;
		if (userId === undefined) throw new Error("somebody reopens it");
		const now = new Date();
		await cases.transition(letBe, { kind: "person", userId }, now, (current) =>
			undoDecision(current, { userId, isLead: true, now, reason: "looked again" }, defaultPolicy),
		);
		expect(await verdictOf(withLinks(0), author)).toMatchObject({ caseId: letBe });
	});
});

describe("ten rules that operators begin with, and four that count", () => {
	const rules = [
		{ name: "burst", when: 'count(account, "5m") >= 5 && account.removed == 0' },
		{ name: "same-words", when: 'distinct(accounts by cluster, "1h") >= 3' },
		{ name: "new-and-busy", when: "account.firstDayRate >= 5.0 && account.ageHours < 2" },
		{ name: "trusted-so-far", when: "account.restored > account.removed && account.withheld == 0 && item.links > 0" },
		{ name: "edited-links", when: "item.isEdit && item.links > 0" },
		{ name: "few-letters", when: "item.textLength / item.digits > 3" },
		{ name: "hashtag-stuffing", when: "item.hashtags >= 6 && item.textLength < 200" },
		{ name: "known-in-private", when: "known.count > 0 && item.surface != 'public'" },
		{ name: "links-in-private", when: "item.surface in ['direct', 'group'] && item.links > 0" },
		{ name: "many-links", when: "item.links >= 4" },
		{ name: "mention-flood", when: "item.mentions >= 8" },
		{ name: "number-and-link", when: "item.digits >= 9 && item.links > 0" },
		{ name: "shouting", when: "item.upperShare > 0.6 && item.textLength > 20" },
		{ name: "worded", when: "model.highest > 0.3 || item.lines >= 40" },
	];
	const heldByNobody = ["trusted-so-far", "edited-links", "known-in-private"];
	const times = (count: number, one: (at: number) => string) =>
		Array.from({ length: count }, (_, at) => one(at)).join(" ");
	const texts: readonly ((at: number) => string)[] = [
		(at) => `number ${at}`,
		(at) => withLinks(at % 7),
		(at) => `AN ORDINARY SENTENCE, SAID LOUDLY ${"X".repeat(at)}`,
		withoutDigits,
		(at) => `damn ${at}`,
		(at) => `${at} ${times(7, (one) => `#tag${one}`)}`,
		(at) => `${at} ${times(9, (one) => `@name${one}`)}`,
		(at) => `call 090 123 4567 ${at} https://a.example`,
		() => "9".repeat(30),
		(at) => `${at}${"\n".repeat(45)}`,
	];

	test("are written, checked, backtested, shadowed and live; and a backtest says what they said, byte for byte", async () => {
		for (const one of rules) {
			const own = await json("rules", "apply", await file([{ ...one, does: { review: true }, ...shared }]), ...why);
			if (own.drafted.length > 0) await takeLive(one.name);
		}
		// The last of them is asked, and with it all.
		await becomes(() => `${"a line\n".repeat(40)}1`, { rules: expect.arrayContaining(["worded@1"]) });
		const from = new Date();
		const authors = 8;
		const madeAt = new Date(from.getTime() - 600_000).toISOString();
		await Promise.all(
			Array.from({ length: 120 }, (_, at) =>
				settlePost(system, texts[at % texts.length]?.(at) ?? "", {
					surface: at % 11 === 0 ? "direct" : "public",
					authorId: `author-${at % authors}`,
					accountcreated: at % authors === 0 ? madeAt : undefined,
				}),
			),
		);
		const to = new Date();
		const { facts, rules: store } = system.parts.stores;
		await using database = await openTestDatabase(system.parts.databaseUrl);
		const verdicts = await database.rows(
			sql`SELECT item_id AS id, signals FROM verdicts WHERE item_id >= ${firstIdAt(from.getTime())}::uuid ORDER BY item_id`,
			z.object({ id: itemId, signals: z.array(z.looseObject({ kind: z.string() })) }),
		);
		const live = verdicts.map(({ id, signals }) => {
			const heard = signals.filter(({ kind }) => kind === "rule");
			return `${id} ${heard.map(({ version, outcome }) => `${version} ${outcome}`).join(", ")}`;
		});
		expect(live).toHaveLength(120);
		const compiler = createRuleCompiler(createFactCatalogue(system.parts.signalCatalogue));
		const reader = createFactReader(await facts.layouts(), compiler.facts.empty);
		const asked = await store.asked();
		const replays = asked.map(({ body, revision }) => {
			const compiled = compiler.compile(body);
			if (compiled.kind === "refused") throw new Error(`${body.name} is refused`);
			return { name: `${body.name}@${revision}`, replay: createReplay(compiled.rule, [], { compiler, reader }) };
		});
		for (const limit of [7, 1_000]) {
			const again: string[] = [];
			let page = await facts.page({ from, to }, null, limit);
			while (page.length > 0) {
				const outcomes = replays.map(({ replay }) => replay.outcomes(page));
				for (const [at, { itemId: id }] of page.entries()) {
					const heard = replays.map(({ name }, rule) => ({ name, outcome: outcomes[rule]?.[at] }));
					const held = heard.filter(({ outcome }) => outcome !== "not-held");
					again.push(`${id} ${held.map(({ name, outcome }) => `${name} ${outcome}`).join(", ")}`);
				}
				page = await facts.page({ from, to }, page.at(-1)?.itemId ?? null, limit);
			}
			expect(again).toEqual(live);
		}
		// Each account counted from one up, whichever post of it came first.
		const counted = (await facts.page({ from, to }, null, 1_000)).map((one) => reader.read(one).account?.items5m);
		const each = Array.from({ length: 120 / authors }, (_, at) => new Array(authors).fill(at + 1)).flat();
		expect(counted.toSorted((a, b) => Number(a) - Number(b))).toEqual(each);
		const before = await json("rules", "backtest", "burst", "--from", "1h", "--to", from.toISOString());
		expect(before).toMatchObject({ unrecorded: expect.any(Number) });
		expect(before.unrecorded).toBeGreaterThan(0);
		const told = await json("rules", "backtest", "few-letters", "--from", from.toISOString(), "--to", to.toISOString());
		const count = (what: string) => live.filter((line) => line.includes(`few-letters@1 ${what}`)).length;
		expect(told).toMatchObject({ examined: 120, held: count("held"), failed: count("failed"), unrecorded: 0 });
		const silent = rules.filter(({ name }) => !live.some((line) => new RegExp(`${name}@\\d+ held`).test(line)));
		expect(silent.map(({ name }) => name)).toEqual(heldByNobody);
	});
});

const nested = (depth: number): string =>
	depth === 0 ? "true" : `known.banks.exists(x${depth}, ${nested(depth - 1)})`;
