// Texts that nothing knows, copied and edited: intake, stream, detector, record and takedown on the embedded profile. Every post that holds
// the marker goes before people, so that there is something to decide; all others are clear by themselves.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { undoDecision } from "../../services/core/cases/undo-decision.ts";
import type { CaseId, UserId } from "../../services/core/ids.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import type { CaseDetail } from "../../services/core/ports/case-store.ts";
import { scoredSignal } from "../../services/core/signals/scored/scored.ts";
import { createDetectorKinds, type DetectorKinds } from "../../services/detector/kinds/catalogue.ts";
import { begin, next } from "../../services/detector/step.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { hastenSweeps } from "../support/hasten-sweeps.ts";
import { settlePost } from "../support/settle-post.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const marker = "placeholder";
const score = scoredSignal({
	...{ detector: "model", version: "1", model: "test", backend: "test", category: "adult" },
	...{ probability: 0.9, threshold: 0.5, labels: {} },
});
const asksPeople: typeof createDetectorKinds = (deps, deferExcess): DetectorKinds => {
	const kinds = createDetectorKinds(deps, deferExcess);
	const examine = begin(kinds.post.examine).then(async (item) =>
		next(item.evidence.text?.includes(marker) === true ? { ...item, signals: [...item.signals, score] } : item),
	).run;
	return { ...kinds, post: { ...kinds.post, examine } };
};

const patience = { withinMs: 60_000 };
let system: TestSystem;
let people: readonly UserId[];
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"], detector: { createKinds: asksPeople } });
	const add = async (login: string) =>
		(await system.parts.stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = [await add("lan"), await add("mai")];
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

const settle = (text: string) => settlePost(system, text);

async function caseOf(subject: string): Promise<CaseDetail> {
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = found === undefined ? null : await cases.find(found.id);
	if (detail === null) throw new Error("it is not before people");
	return detail;
}

const isBeforePeople = async (subject: string) =>
	(await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 })).length > 0;

async function told(subject: string): Promise<readonly string[]> {
	const item = (await caseOf(subject)).items.find((one) => one.subject === subject);
	return (item?.orders ?? []).map(({ action }) => action);
}

async function takenBack(id: CaseId): Promise<void> {
	const now = new Date();
	const [userId] = people;
	if (userId === undefined) throw new Error("somebody decided");
	const back = { userId, isLead: true, now, reason: "a mistake" };
	await system.parts.stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, back, defaultPolicy),
	);
}

const notice =
	`A ${marker} text about the harbor office, which opens at seven every morning except on Sundays, and about boats that stay overnight and ` +
	"must show their papers there before noon. Water and electricity are paid by the day.";
const clear =
	"The choir of the old school meets on the first Tuesday of the month, where new voices are welcome whether or not they have read a score " +
	"before. Bring something to drink and a pencil; chairs are there already.";

test("one decision on a text reaches its copies: the same wording is removed and taken back once, an edited one stays up until people have read it", async () => {
	const { cases } = system.parts.stores;
	const early = await settle(notice);
	const same = await settle(notice.toUpperCase().replace(marker.toUpperCase(), marker));
	const other = await settle(clear);
	const { id } = await caseOf(early);
	expect((await caseOf(same)).id).toBe(id);
	expect(await isBeforePeople(other)).toBe(false);
	await decideTogether(system.parts.stores, people, id, "remove");
	for (const subject of [early, same]) expect((await told(subject)).at(-1)).toBe("remove");

	// From when the detector knows of the decision on; what comes before that is a case like any other.
	const edited = await eventually(async () => {
		const subject = await settle(notice.replace("seven", "eight"));
		expect((await cases.list({ lane: "copies", search: subject, limit: 1, offset: 0 }))[0]?.itemCount).toBe(1);
		return subject;
	}, patience);
	const nearer = await settle(notice.replace("papers", "paper"));
	const late = await settle(notice);
	expect((await caseOf(nearer)).id).not.toBe((await caseOf(edited)).id);
	expect((await caseOf(late)).id).toBe(id);
	for (const subject of [edited, nearer]) expect(await told(subject)).toEqual([]);
	expect(await told(late)).toEqual(["remove"]);
	expect((await caseOf(nearer)).copyOf).toBe(id);
	expect((await caseOf(edited)).copyOf).toBe(id);
	expect((await caseOf(edited)).cluster?.members).toBeGreaterThanOrEqual(5);
	const greeting = await settle(`Good morning, a ${marker} for everyone`);
	expect((await caseOf(greeting)).cluster).toBeNull();

	await takenBack(id);
	for (const subject of [edited, nearer]) {
		expect(await told(subject)).toEqual([]);
		expect((await caseOf(subject)).copyOf).toBeNull();
	}
	expect(await told(late)).toEqual(["remove", "restore"]);
	for (const subject of [early, same]) expect((await told(subject)).at(-1)).not.toBe("remove");
	await eventually(() => {
		const orders = [...system.sample.orders.values()].map(({ order }) => `${order.itemId} ${order.version}`);
		expect(orders.length).toBeGreaterThan(3);
		expect(new Set(orders).size).toBe(orders.length);
	}, patience);
}, 180_000);

test("the same text that people let be stays silent, and what only resembles it is asked about again", async () => {
	const text = `${marker} ${clear}`;
	const first = await settle(text);
	await decideTogether(system.parts.stores, people, (await caseOf(first)).id, "restore");
	await eventually(async () => expect(await isBeforePeople(await settle(text))).toBe(false), patience);
	expect(await isBeforePeople(await settle(text.replace("pencil", "pen")))).toBe(true);
}, 120_000);

test("what was let pass before a decision is reached by it, who was alone first, too", async () => {
	const text = clear.replaceAll("choir", "orchestra").replace("old school", "new theater by the river");
	const passed = [await settle(text), await settle(text)];
	for (const subject of passed) expect(await isBeforePeople(subject)).toBe(false);
	const asked = await settle(`${text} ${marker}`);
	await decideTogether(system.parts.stores, people, (await caseOf(asked)).id, "remove");
	await using database = await openTestDatabase(system.parts.databaseUrl);
	await eventually(async () => {
		await hastenSweeps(database);
		for (const subject of passed) expect((await caseOf(subject)).copyOf).not.toBeNull();
	}, patience);
	for (const subject of passed) expect(await told(subject)).toEqual([]);
}, 120_000);

test("of a post that is one link and nothing else the decision reaches the same link, however it is written, and nothing that says more", async () => {
	const link = `https://example.org/${marker}/notice?id=7`;
	const first = await settle(link);
	const second = await settle(`  <www.example.org/${marker}/notice/?utm_source=app&id=7>`);
	const { id } = await caseOf(first);
	expect((await caseOf(second)).id).toBe(id);
	const warning = await settle(`Do not open this, it wants your password: ${link}`);
	expect((await caseOf(warning)).id).not.toBe(id);
	await decideTogether(system.parts.stores, people, id, "remove");
	for (const subject of [first, second]) expect((await told(subject)).at(-1)).toBe("remove");
	await eventually(async () => {
		const late = await settle(`hxxps://example[.]org/${marker}/notice?id=7`);
		expect(await told(late)).toEqual(["remove"]);
	}, patience);
	const other = await settle(`https://example.org/${marker}/notice?id=8`);
	expect((await caseOf(other)).id).not.toBe(id);
	for (const subject of [warning, other]) expect(await told(subject)).toEqual([]);
}, 180_000);
