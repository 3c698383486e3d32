// From what detectors recorded to an outbreak with its case, on a real record: what is counted, what people see of it, how it ends, and that a
// process that takes over goes on without finding anything twice. Which growth is an outbreak is a unit test's.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { claimCase } from "../../../services/core/cases/act-on-case.ts";
import { keyOfAuthor } from "../../../services/core/cases/cluster-key.ts";
import { changeSpread } from "../../../services/core/cases/limit-spread.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import type { CaseId, ItemId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { usualWatch } from "../../../services/core/outbreaks/growth-watch.ts";
import { itemsShown } from "../../../services/core/outbreaks/outbreak.ts";
import { countedLinks } from "../../../services/core/outbreaks/post-links.ts";
import { createPolicies, defaultPolicy, initialPolicies, initialSet } from "../../../services/core/policy/policy.ts";
import type { Outbreak } from "../../../services/core/ports/outbreak-store.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { createOutbreakCounter } from "../../../services/takedown/outbreaks/count-outbreaks.ts";
import { digest, hashesOf } from "../../support/bank-fixtures.ts";
import { decideBy } from "../../support/decide-case.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platforms: readonly { readonly id: PlatformId; readonly source: string }[];
let userId: UserId;
let holder: string;
let nowMs = Date.now();
let policies = initialPolicies;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const add = (name: string) =>
		stores.platforms.create({ name, source: `//${name}.example`, webhook: null, mediaHosts: [] });
	platforms = [await add("forum"), await add("gallery")];
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" };
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
let counter: ReturnType<typeof newCounter>;
beforeEach(() => {
	// Each test is hours after the one before it: what one counted is no part of the next.
	nowMs += 24 * 3_600_000;
	counter ??= newCounter();
});

function newCounter(name: string = randomUUID()) {
	holder = name;
	const clock = { now: () => nowMs };
	const options = { ...usualWatch, learnSeconds: 0 };
	return createOutbreakCounter({
		outbreaks: stores.outbreaks,
		clock,
		holder,
		options,
		onSnapshotUnread: () => undefined,
		policies: { of: (...at) => policies.of(...at) },
	});
}

function copyFrom(thing: string, author: string, item: Partial<ExaminedItem> = {}): ExaminedItem {
	const medoid = digest(`medoid of ${thing}`);
	const membership = {
		clusterId: clusterIdOf(medoid),
		degree: "confirmed",
		distanceBits: 3,
		medoid,
		type: "pdq",
	} as const;
	const { id, source } = platforms[author.length % 2] ?? { id: platforms[0]?.id as PlatformId, source: "" };
	nowMs += 5_000;
	return newItem(id, source, {
		...{ verdict: clearVerdict, hashes: hashesOf(randomUUID(), medoid), memberships: [membership] },
		...{ authorId: author, receivedAt: new Date(nowMs), clusterKey: `cluster:${membership.clusterId}`, ...item },
	});
}

async function arrive(items: readonly ExaminedItem[]): Promise<void> {
	for (const item of items) await stores.verdicts.record([item]);
	// As takedown does it: numbers are given there.
	await stores.history.relay(1, async () => undefined);
}

/** All that is due, and what was found in it. */
async function counted(by = counter): Promise<readonly Outbreak[]> {
	const found: Outbreak[] = [];
	for (;;) {
		const round = await by.round();
		found.push(...round.found);
		if (!round.hasMore) return found;
	}
}

const people = (count: number, name = randomUUID()) =>
	Array.from({ length: count }, (_, at) => `${name}-${"x".repeat(at)}`);

async function decideIt(id: CaseId, decision: "remove" | "restore"): Promise<void> {
	const once = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: 1 } };
	await decideBy(stores, userId, id, { decision, isLead: true, policy: once });
}

it("opens one case for a picture that nothing knew and that many accounts send, with its picture in numbers", async () => {
	const thing = randomUUID();
	await arrive(people(14).map((author) => copyFrom(thing, author)));
	const [outbreak, ...others] = await counted();
	expect(others).toEqual([]);
	expect(outbreak?.subject.kind).toBe("cluster");
	const detail = await stores.cases.find(outbreak?.caseId as CaseId);
	expect(detail).toMatchObject({ tier: "T", urgency: 70, state: "open" });
	expect(detail?.events.map(({ kind }) => kind)).toEqual(["opened", "outbreak"]);
	const picture = await stores.outbreaks.picture(outbreak?.id as Outbreak["id"]);
	expect(picture).toMatchObject({ items: 14, accounts: 14, states: { live: 14 } });
	expect(picture.platforms.map(({ name }) => name).toSorted()).toEqual(["forum", "gallery"]);
	expect(picture.curve.reduce((sum, { items }) => sum + items, 0)).toBe(14);
});

it("says with which item it began, and has that among the items of its case, however many come before anybody counts", async () => {
	const thing = randomUUID();
	const items = people(60).map((author) => copyFrom(thing, author));
	await arrive(items);
	const [outbreak] = await counted();
	const tripped = items.find(({ id }) => id === outbreak?.trippedBy?.itemId);
	// More came after it than a case is opened with.
	expect(items.length - items.indexOf(tripped ?? (items[0] as ExaminedItem))).toBeGreaterThan(itemsShown);
	expect(outbreak?.trippedBy).toMatchObject({
		...{ account: tripped?.authorId, subject: tripped?.subject, at: tripped?.receivedAt, caseId: outbreak?.caseId },
	});
	const detail = await stores.cases.find(outbreak?.caseId as CaseId);
	expect(detail?.items.map(({ id }) => id)).toContain(tripped?.id);
});

it("shows the post with which a link began to spread beside its case where that was kept, and decides nothing of it", async () => {
	const evidence = { text: "What is said beside the link.", mediaKey: null, mediaType: null };
	const { items, link, id } = await linkSpreads(30, { evidence });
	const detail = await stores.cases.find(id);
	expect(items.map((one) => one.id)).toContain(link?.trippedBy?.itemId);
	expect(detail?.specimens.map((one) => [one.id, one.text])).toEqual([[link?.trippedBy?.itemId, evidence.text]]);
	expect(detail?.items).toEqual([]);
	// It is before people by itself as well, for what was found of it.
	expect(link?.trippedBy?.caseId).not.toBe(id);
});

it("raises the case in which some of it waits, and opens no other", async () => {
	const thing = randomUUID();
	const doubted = newVerdict({ tier: "M", action: "review", urgency: 40 });
	const first = copyFrom(thing, "somebody", { verdict: doubted });
	await arrive([first, ...people(14).map((author) => copyFrom(thing, author))]);
	const [outbreak] = await counted();
	const [waiting] = await stores.cases.list({ search: first.subject, limit: 2, offset: 0 });
	expect(waiting).toMatchObject({ id: outbreak?.caseId, tier: "M", urgency: 70 });
});

it("opens a case of its own where some of it waits in an author's, whose decision is nobody else's", async () => {
	const thing = randomUUID();
	const asked = newVerdict({ tier: "T", action: "review", urgency: 40 });
	const clusterKey = keyOfAuthor(platforms[0]?.id as PlatformId, "somebody");
	const first = copyFrom(thing, "somebody", { verdict: asked, clusterKey });
	await arrive([first, ...people(14).map((author) => copyFrom(thing, author))]);
	const [outbreak] = await counted();
	const ids = (await stores.cases.list({ search: first.subject, limit: 3, offset: 0 })).map(({ id }) => id);
	const found = await Promise.all(ids.map((id) => stores.cases.find(id)));
	expect(found.map((one) => one?.isOfAuthor).toSorted()).toEqual([false, true]);
	expect(found.find((one) => one?.isOfAuthor === false)?.id).toBe(outbreak?.caseId);
});

it("is silent about one account that sends a picture again and again, and about people who report one together", async () => {
	const thing = randomUUID();
	await arrive(Array.from({ length: 60 }, () => copyFrom(thing, "one-bot")));
	expect(await counted()).toEqual([]);
	const reported = copyFrom(randomUUID(), "author");
	await arrive([reported]);
	for (let at = 0; at < 40; at += 1)
		await submitReport(stores.reports, { addresses: [`https://forum.example/${reported.subject}`] });
	await stores.history.relay(1, async () => undefined);
	expect(await counted()).toEqual([]);
});

it("ends by what people decide, and of what they decided before it asks nobody again", async () => {
	const thing = randomUUID();
	await arrive(people(14).map((author) => copyFrom(thing, author)));
	const [outbreak] = await counted();
	await decideIt(outbreak?.caseId as CaseId, "remove");
	nowMs += 20_000;
	expect((await counter.round()).ended).toEqual(["decided"]);
	await arrive(people(30).map((author) => copyFrom(thing, author)));
	const again = await counted();
	for (const one of again) expect(one.caseId).toBe(outbreak?.caseId);
	const acts = await stores.acts.list({ what: "outbreak-ended", limit: 100 });
	expect(acts.map(({ on }) => on.id)).toContain(outbreak?.id);
});

it("ends by itself once it grows no more", async () => {
	const thing = randomUUID();
	await arrive(people(14).map((author) => copyFrom(thing, author)));
	const [outbreak] = await counted();
	nowMs += 2 * 3_600_000;
	expect((await counter.round()).ended).toEqual(["growth-ended"]);
	expect((await stores.outbreaks.find(outbreak?.id as Outbreak["id"]))?.ended?.because).toBe("growth-ended");
});

it("goes on where another process stopped, from its snapshot, and finds nothing twice", async () => {
	const thing = randomUUID();
	await arrive(people(5).map((author) => copyFrom(thing, author)));
	expect(await counted()).toEqual([]);
	// The snapshot is due.
	nowMs += 301_000;
	await counter.round();
	await arrive(people(9).map((author) => copyFrom(thing, author)));
	const [outbreak] = await counted();
	expect(outbreak?.subject.key).toBe(clusterIdOf(digest(`medoid of ${thing}`)));

	const other = newCounter();
	expect(await other.round()).toEqual({ found: [], ended: [], hasMore: false });
	await record.database.rows(sql`UPDATE outbreak_counter SET held_until = now() - interval '1 second'`);
	await arrive(people(9).map((author) => copyFrom(thing, author)));
	expect(await counted(other)).toEqual([]);
	const picture = await stores.outbreaks.picture(outbreak?.id as Outbreak["id"]);
	expect(picture.items).toBe(23);
	expect(
		(await stores.outbreaks.list(100)).filter(({ subject }) => subject.key === outbreak?.subject.key),
	).toHaveLength(1);
	counter = other;
});

it("keeps what the history is due until both have it", async () => {
	await arrive([copyFrom(randomUUID(), "somebody")]);
	await counted();
	nowMs += 301_000;
	await counter.round();
	const { behind } = await stores.outbreaks.counts();
	expect(behind).toBe(0);
	const { numbered, written } = await stores.history.marks();
	const [row] = await record.database.rows(
		sql`SELECT count(*) AS due FROM history_due WHERE number IS NOT NULL`,
		z.object({ due: column.count }),
	);
	expect(row?.due).toBe(numbered - written);
});

const machineLimits = createPolicies({ ...initialSet, default: { ...initialSet.default, spreadLimits: "machine" } }, 3);
const doubted = newVerdict({ tier: "M", action: "review", urgency: 40 });

async function ordersOf(id: ItemId): Promise<readonly string[]> {
	const rows = await record.database.rows(
		sql`SELECT action || ' ' || decided_by AS said FROM orders WHERE item_id = ${id} ORDER BY version`,
		z.object({ said: column.text }),
	);
	return rows.map(({ said }) => said);
}

const each = async (items: readonly Pick<ExaminedItem, "id">[]) => Promise.all(items.map(({ id }) => ordersOf(id)));

async function lookAfter(): Promise<void> {
	nowMs += 20_000;
	await counter.round();
}

async function asked(id: CaseId, action: "limit-spread" | "lift-limit"): Promise<void> {
	const actor = { kind: "person", userId } as const;
	const now = new Date();
	const claimed = await stores.cases.transition(id, actor, now, (current) =>
		claimCase(current, { userId, isLead: true, now, leaseMs: 60_000 }),
	);
	const act = { userId, fence: claimed?.claim?.fence ?? 0, now, action };
	await stores.cases.transition(id, actor, now, (current) => changeSpread(current, act));
}

it("only recommends to limit the spread of what nothing was found of, a chain letter for one, whatever the policy leaves to machines", async () => {
	policies = machineLimits;
	const thing = randomUUID();
	const items = people(14).map((author) => copyFrom(thing, author, { kind: "post" }));
	await arrive(items);
	const [outbreak] = await counted();
	await lookAfter();
	expect(await stores.outbreaks.find(outbreak?.id as Outbreak["id"])).toMatchObject({ spread: "recommended" });
	expect((await each(items)).flat()).toEqual([]);
	expect((await stores.cases.find(outbreak?.caseId as CaseId))?.snapshot.spread).toBe("recommended");
	policies = initialPolicies;
});

it("limits by itself where the policy leaves that to it and something was found, later items too, and lifts it when the outbreak is over", async () => {
	policies = machineLimits;
	const thing = randomUUID();
	const items = [
		copyFrom(thing, "somebody", { verdict: doubted }),
		...people(14).map((author) => copyFrom(thing, author)),
	];
	await arrive(items);
	const [outbreak] = await counted();
	const later = copyFrom(thing, "a-later-one");
	await arrive([later]);
	await counted();
	const limit = ["limit-spread machine"];
	expect(await each([...items, later])).toEqual([...items, later].map(() => limit));
	const detail = await stores.cases.find(outbreak?.caseId as CaseId);
	expect(detail?.snapshot).toMatchObject({ spread: "limited" });
	expect(detail?.events.filter(({ kind }) => kind === "spread-changed").map(({ data }) => data.items)).toEqual([15, 1]);
	nowMs += 2 * 3_600_000;
	await counter.round();
	await lookAfter();
	expect(await each([...items, later])).toEqual([...items, later].map(() => [...limit, "lift-limit machine"]));
	expect(await stores.outbreaks.picture(outbreak?.id as Outbreak["id"])).toMatchObject({ states: { live: 16 } });
	policies = initialPolicies;
});

it("tells no platform anything until a person asks for it, who takes it back by the same way, each item told once", async () => {
	const thing = randomUUID();
	const items = people(30).map((author) => copyFrom(thing, author));
	await arrive(items);
	const [outbreak] = await counted();
	await lookAfter();
	expect((await each(items)).flat()).toEqual([]);
	await asked(outbreak?.caseId as CaseId, "limit-spread");
	const later = copyFrom(thing, "a-later-one");
	await arrive([later]);
	await counted();
	await lookAfter();
	const limit = ["limit-spread person"];
	expect(await each([...items, later])).toEqual([...items, later].map(() => limit));
	await expect(asked(outbreak?.caseId as CaseId, "limit-spread")).rejects.toMatchObject({ code: "nothing-changed" });
	await asked(outbreak?.caseId as CaseId, "lift-limit");
	await lookAfter();
	expect(await each([...items, later])).toEqual([...items, later].map(() => [...limit, "lift-limit person"]));
});

it("frees what people leave up and all that came with it, and keeps what is removed limited until its copies are gone over", async () => {
	const kept = randomUUID();
	const harmless = people(30).map((author) => copyFrom(kept, author));
	await arrive(harmless);
	const [first] = await counted();
	await asked(first?.caseId as CaseId, "limit-spread");
	await decideIt(first?.caseId as CaseId, "restore");
	await lookAfter();
	await lookAfter();
	const told = await each(harmless);
	expect(told.filter((one) => one.join() === "limit-spread person,restore person")).toHaveLength(20);
	expect(told.filter((one) => one.join() === "limit-spread person,lift-limit machine")).toHaveLength(10);

	nowMs += 24 * 3_600_000;
	const removed = randomUUID();
	const items = people(30).map((author) => copyFrom(removed, author));
	await arrive(items);
	const [second] = await counted();
	await asked(second?.caseId as CaseId, "limit-spread");
	await decideIt(second?.caseId as CaseId, "remove");
	await lookAfter();
	await lookAfter();
	const after = await each(items);
	expect(after.filter((one) => one.join() === "limit-spread person,remove person")).toHaveLength(20);
	expect(after.filter((one) => one.join() === "limit-spread person")).toHaveLength(10);
	await record.database.rows(
		sql`UPDATE standing_decisions SET is_withdrawn = true WHERE case_id = ${second?.caseId as CaseId}`,
	);
	await lookAfter();
	expect((await each(items)).filter((one) => one.at(-1) === "lift-limit machine")).toHaveLength(10);
});

/** An outbreak that goes on with so many more of few accounts, and how many items it has then. */
async function outbreakOf(more: number) {
	const thing = randomUUID();
	await arrive(people(14).map((author) => copyFrom(thing, author)));
	const [outbreak] = await counted();
	const receivedAt = new Date(nowMs);
	const many = Array.from({ length: more }, (_, at) => copyFrom(thing, `one-of-many-${at % 7}`, { receivedAt }));
	nowMs = receivedAt.getTime();
	for (let at = 0; at < many.length; at += 400) await stores.verdicts.record(many.slice(at, at + 400));
	await stores.history.relay(1, async () => undefined);
	await counted();
	return { outbreak, all: many.length + 14 };
}

it("limits all of many thousand items page by page, and lifts that; whoever is lost between two pages leaves the rest to the next, and none is told twice", async () => {
	const { outbreak, all } = await outbreakOf(5_200);
	const id = outbreak?.id as Outbreak["id"];
	const told = async () => {
		const rows = await record.database.rows(
			sql`SELECT said, count(*) AS items FROM (
					SELECT string_agg(action || ' ' || decided_by, ', ' ORDER BY orders.version) AS said FROM outbreak_items LEFT JOIN orders USING (item_id)
					WHERE outbreak_items.outbreak_id = ${id} GROUP BY item_id
				) AS one GROUP BY 1`,
			z.object({ said: column.text.nullable(), items: column.count }),
		);
		return Object.fromEntries(rows.map(({ said, items }) => [said ?? "nothing", items]));
	};
	expect(await told()).toEqual({ nothing: all });

	await asked(outbreak?.caseId as CaseId, "limit-spread");
	expect(await told()).toEqual({ "limit-spread person": 2_000, nothing: all - 2_000 });
	expect((await stores.outbreaks.find(id))?.itemsAhead).toBe(all - 2_000);
	nowMs += 20_000;
	expect((await counter.round()).hasMore).toBe(true);
	expect((await stores.outbreaks.find(id))?.itemsAhead).toBe(all - 4_000);
	counter = newCounter();
	await record.database.rows(sql`UPDATE outbreak_counter SET held_until = now() - interval '1 second'`);
	nowMs += 20_000;
	await counted();
	expect(await told()).toEqual({ "limit-spread person": all });
	expect((await stores.outbreaks.find(id))?.itemsAhead).toBe(0);

	await asked(outbreak?.caseId as CaseId, "lift-limit");
	expect((await stores.outbreaks.find(id))?.itemsAhead).toBe(all - 2_000);
	nowMs += 20_000;
	await counted();
	expect(await told()).toEqual({ "limit-spread person, lift-limit person": all });
	expect((await stores.outbreaks.find(id))?.itemsAhead).toBe(0);
}, 120_000);

it("leaves all but a page every few seconds to later while a detector says that items wait, and goes on at once when it is silent", async () => {
	const { outbreak, all } = await outbreakOf(6_600);
	const id = outbreak?.id as Outbreak["id"];
	const ahead = async () => (await stores.outbreaks.find(id))?.itemsAhead;
	await stores.outbreaks.holdPages(600_000);
	await asked(outbreak?.caseId as CaseId, "limit-spread");
	expect(await ahead()).toBe(all - 2_000);
	nowMs += 20_000;
	expect((await counter.round()).hasMore).toBe(false);
	expect((await counter.round()).hasMore).toBe(false);
	expect(await ahead()).toBe(all - 4_000);
	nowMs += 20_000;
	await counter.round();
	expect(await ahead()).toBe(all - 6_000);
	await stores.outbreaks.holdPages(0);
	// Until then is until the next millisecond.
	await eventually(async () => {
		await counted();
		expect(await ahead()).toBe(0);
	}, soon);
}, 120_000);

/** What outbreaks of links and domains were found when so many accounts posted one link, with words of their own. */
async function linkSpreads(count = 30, more: Partial<ExaminedItem> = {}) {
	const links = countedLinks(`https://${randomUUID()}.example/page`);
	const post = (authorId: string) =>
		copyFrom(randomUUID(), authorId, { kind: "post", links, memberships: [], verdict: doubted, ...more });
	const items = people(count).map(post);
	await arrive(items);
	const found = (await counted()).filter(({ subject }) => subject.kind === "link" || subject.kind === "domain");
	const link = found.find(({ subject }) => subject.kind === "link");
	return { key: links[0] ?? "", items, post, found, link, id: link?.caseId as CaseId };
}

it("opens one case for a link that many accounts post with words of their own, about the link and no post, and limits none of them by itself", async () => {
	policies = machineLimits;
	const { key, items, post, found, link, id } = await linkSpreads();
	expect(link).toMatchObject({ label: key, spread: "recommended" });
	expect(new Set(found.map(({ caseId }) => caseId))).toEqual(new Set([id]));
	const detail = await stores.cases.find(id);
	expect(detail).toMatchObject({ tier: "T", urgency: 70, state: "open", items: [] });
	expect(detail?.events[0]?.kind).toBe("opened");
	const picture = await stores.outbreaks.picture(link?.id as Outbreak["id"]);
	expect(picture.items).toBeGreaterThan(5);
	// Each is before people by itself already, for what was found of it.
	for (const { caseId } of picture.newest) expect(caseId).not.toBe(id);
	await lookAfter();
	expect((await each(items)).flat()).toEqual([]);
	await asked(id, "limit-spread");
	const later = post("a-later-one");
	await arrive([later]);
	await counted();
	await lookAfter();
	expect(await ordersOf(later.id)).toEqual(["limit-spread person"]);
	policies = initialPolicies;
});

it("has posts of a link that people call harmful stay limited, touches none of them otherwise, and lifts that when they take it back", async () => {
	const { key, items, link, id } = await linkSpreads();
	await asked(id, "limit-spread");
	await decideIt(id, "remove");
	await lookAfter();
	await lookAfter();
	expect((await stores.outbreaks.find(link?.id as Outbreak["id"]))?.ended?.because).toBe("decided");
	const limited = (await each(items)).filter((orders) => orders.length > 0);
	expect(limited.length).toBeGreaterThan(5);
	for (const orders of limited) expect(orders).toEqual(["limit-spread person"]);
	// Earlier posts have no text to read: no sweep goes over them.
	await stores.sweeps.begin(new Date());
	const standing = record.database.rows(
		sql`SELECT decision, sweep_id AS sweep FROM standing_decisions WHERE subject = ${`linked:${key}`} AND case_id = ${id} AND NOT is_withdrawn`,
		z.object({ decision: z.string(), sweep: z.string().nullable() }),
	);
	expect(await standing).toEqual([{ decision: "remove", sweep: null }]);

	const now = new Date();
	const back = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, back, defaultPolicy),
	);
	await lookAfter();
	for (const orders of (await each(items)).filter(({ length }) => length > 0))
		expect(orders).toEqual(["limit-spread person", "lift-limit machine"]);
});

it("asks nobody again about a link that people let be", async () => {
	const { key, items, post, id } = await linkSpreads();
	await decideIt(id, "restore");
	await lookAfter();
	await arrive(people(40).map(post));
	const again = (await counted()).filter(({ subject }) => subject.key === key);
	for (const { caseId } of again) expect(caseId).toBe(id);
	expect((await each(items)).flat()).toEqual([]);
});

it("keeps three items to be looked at for a case that shows none, however many are offered at once, and none once people have decided", async () => {
	const awaited = async (id: CaseId) =>
		(await stores.standing.awaited()).flatMap(({ subject, caseId }) => (caseId === id ? [subject.kind] : []));
	const offer = async (item: ExaminedItem) => {
		const evidence = { text: null, mediaKey: `evidence/${item.id}`, mediaType: "image/jpeg" };
		const [outcome] = await stores.verdicts.record([{ ...item, evidence }]);
		return outcome?.owedEvidence === null ? [] : [item.id];
	};
	const thing = randomUUID();
	await arrive(people(14).map((author) => copyFrom(thing, author)));
	const [outbreak] = await counted();
	const ofThing = outbreak?.caseId as CaseId;
	const { post, id: ofPlace } = await linkSpreads();
	for (const [id, make] of [
		[ofThing, (author: string) => copyFrom(thing, author, { specimenFor: ofThing })],
		[ofPlace, (author: string) => ({ ...post(author), verdict: clearVerdict, specimenFor: ofPlace })],
	] as const) {
		expect(await awaited(id)).not.toEqual([]);
		const before = (await stores.cases.find(id))?.itemCount ?? 0;
		const kept = (await Promise.all(people(12).map((author) => offer(make(author))))).flat();
		expect(kept.length).toBeGreaterThan(0);
		// Where two came at one moment, one of them was passed over for the next.
		for (const author of people(3)) kept.push(...(await offer(make(author))));
		expect(kept).toHaveLength(3);
		expect(await awaited(id)).toEqual([]);
		const detail = await stores.cases.find(id);
		const [inCase, beside] = [detail?.items ?? [], detail?.specimens ?? []];
		const shown = [...inCase, ...beside].flatMap((one) => (one.mediaKey === null ? [] : [one.id]));
		expect(new Set(shown)).toEqual(new Set(kept));
		expect([(detail?.itemCount ?? 0) - before, beside.length]).toEqual(id === ofThing ? [3, 0] : [0, 3]);
		expect((await each([...inCase, ...beside])).flat()).toEqual([]);
	}
	await decideIt(ofThing, "restore");
	expect(await offer(copyFrom(thing, "too-late", { specimenFor: ofThing }))).toEqual([]);
});

it("lets go of the items of what ended long ago, and of none that goes on, waits for people or is limited", async () => {
	const far = 100 * 24 * 3_600_000;
	const spreads = async () => {
		const thing = randomUUID();
		await arrive(people(30).map((author) => copyFrom(thing, author)));
		const [outbreak] = await counted();
		return { id: outbreak?.id as Outbreak["id"], of: outbreak?.caseId as CaseId };
	};
	const pruned = async (id: Outbreak["id"], before: number) => {
		while ((await stores.outbreaks.prune(new Date(before), 7)) > 0);
		return (await stores.outbreaks.picture(id)).items;
	};
	const letBe = await spreads();
	expect(await pruned(letBe.id, nowMs + far)).toBe(30);
	nowMs += 2 * 3_600_000;
	await counter.round();
	await lookAfter();
	expect((await stores.outbreaks.find(letBe.id))?.ended?.because).toBe("growth-ended");
	expect(await pruned(letBe.id, nowMs + far)).toBe(30);
	await decideIt(letBe.of, "restore");
	expect(await pruned(letBe.id, nowMs - far)).toBe(30);
	expect(await pruned(letBe.id, nowMs + far)).toBe(0);
	expect(await stores.outbreaks.find(letBe.id)).toMatchObject({ caseId: letBe.of, ended: { because: "growth-ended" } });

	nowMs += 24 * 3_600_000;
	const removed = await spreads();
	await asked(removed.of, "limit-spread");
	await decideIt(removed.of, "remove");
	await lookAfter();
	// Ten of them stay limited until a sweep has gone over them.
	expect((await stores.outbreaks.find(removed.id))?.ended?.because).toBe("decided");
	expect(await pruned(removed.id, nowMs + far)).toBe(30);
});
