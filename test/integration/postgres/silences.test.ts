// Where a law forbids telling: nobody outside is told of a case while that lasts, and everybody is once it ends. Asserted against PostgreSQL
// through the stores; what takedown sends is test/e2e/silence.test.ts.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { authorityRequest } from "../../../services/core/authorities/authority-request.ts";
import type { UserId } from "../../../services/core/ids.ts";
import type { Authority } from "../../../services/core/ports/authority-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { stageOf } from "../../../services/core/reports/report.ts";
import { readShippedTemplates } from "../../../services/runtime/read-templates.ts";
import { decideTogether, removalOf } from "../../support/decide-case.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

const words = readShippedTemplates();
const site = "https://forum.example/posts";
const hourMs = 3_600_000;

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let ministry: Authority;
let people: readonly [UserId, UserId];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum", webhook: null, mediaHosts: [] });
	await stores.platforms.setAddresses(platform.id, [`${site}/{item}`]);
	const by = { kind: "named", by: "an" } as const;
	ministry = await stores.authorities.add({ name: "ministry", jurisdiction: "VN", laws: [] }, new Uint8Array(32), by);
	const add = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = [await add("lan"), await add("minh")];
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function gatherAll(): Promise<void> {
	while ((await stores.reportGathering.gather(500)).reports > 0);
}

/** Somebody reports a post of the platform. */
async function reported(subject: string) {
	await stores.verdicts.record([newItem(platform.id, platform.source, { subject, verdict: clearVerdict })]);
	const receipt = await submitReport(stores.reports, { addresses: [`${site}/${subject}`] });
	await gatherAll();
	const caseId = (await stores.cases.list({ search: subject, limit: 1, offset: 0 }))[0]?.id;
	if (caseId === undefined) throw new Error("what was reported is a case");
	return { caseId, told: () => toldBy(receipt) };
}

async function toldBy(receipt: Uint8Array) {
	const found = await stores.reports.findByReceipt([receipt]);
	if (found === null) throw new Error("a receipt that was given is known");
	return { stage: stageOf(found.progress), messages: found.messages.map(({ body }) => body) };
}

async function ask(subject: string, silence?: { readonly basis: string; readonly until?: string }, at = new Date()) {
	const asks = { reference: `CV-${subject}`, asks: "removal", legalBasis: "a law", addresses: [`${site}/${subject}`] };
	const starts = { laws: [], at, arrival: { channel: "key" } } as const;
	const { id } = await stores.authorities.receive(ministry, authorityRequest.parse({ ...asks, silence }), starts);
	return async () => stores.authorities.findRequest(ministry.id, id, new Date());
}

const statesDue = async () =>
	(await stores.outbox.list({ limit: 1_000 })).filter(({ name }) => name === "state").length;

test("while an authority's request forbids telling, the order goes without a statement and reporters stay where they were", async () => {
	const { caseId, told } = await reported("quiet-1");
	const look = await ask("quiet-1", { basis: "a law of silence" });
	await decideTogether(stores, people, caseId, "remove");
	const order = await removalOf(stores, caseId);
	expect(await stores.orders.take(order)).toMatchObject({ message: { action: "remove", statement: null } });
	expect(await told()).toEqual({ stage: "verifying", messages: [] });
	// The authority that asked is told, and those who work on the case see that others are not.
	expect(await look()).toMatchObject({ silence: { basis: "a law of silence" }, answers: [{ outcome: "removed" }] });
	const [silence] = await stores.silences.list({ caseId, limit: 10 });
	expect(silence).toMatchObject({
		reason: "a law of silence",
		askedBy: { authority: "ministry", reference: "CV-quiet-1" },
	});

	// Somebody who reports the same later is told nothing either.
	const late = await submitReport(stores.reports, { addresses: [`${site}/quiet-1`] });
	await gatherAll();
	expect((await toldBy(late)).messages).toEqual([]);

	await stores.orders.settleAttempt(order, { kind: "delivered", at: new Date() });
	const before = await statesDue();
	const [lan] = people;
	if (silence === undefined) throw new Error("it lasts");
	const ended = await stores.silences.end(silence.id, { userId: lan, why: "the order was lifted" }, new Date());
	expect(ended).toEqual({ reports: 2, statements: 1 });
	expect(await told()).toEqual({ stage: "coordinating", messages: [words["reporter/removed"].vi] });
	expect((await toldBy(late)).messages).toEqual([words["reporter/removed"].vi]);
	expect(await statesDue()).toBe(before + 1);
	expect(await stores.orders.takeStatement(order)).toMatchObject({
		message: { type: "breakwater.statement.v1", orderId: order, statement: { restriction: "removed" } },
	});
	expect(await stores.silences.end(silence.id, { userId: lan, why: "again" }, new Date())).toBeNull();
	const acts = await stores.acts.list({ on: { kind: "case", id: caseId }, limit: 100 });
	expect(acts.map(({ what }) => what)).toEqual(expect.arrayContaining(["silence-begun", "silence-ended"]));
});

test("one that has a time ends by itself, and what was decided last is what is told", async () => {
	const { caseId, told } = await reported("quiet-2");
	const until = new Date(Date.now() + hourMs);
	await ask("quiet-2", { basis: "a law of silence", until: until.toISOString() });
	await decideTogether(stores, people, caseId, "restore");
	expect(await stores.silences.endDue(new Date())).toBe(0);
	expect((await told()).messages).toEqual([]);
	expect(await stores.silences.endDue(new Date(until.getTime() + 1))).toBe(1);
	expect(await told()).toEqual({ stage: "answered", messages: [words["reporter/left"].vi] });
});

test("one that would be over as it begins is refused with its request; what was received in time is the same request for ever", async () => {
	await reported("quiet-4");
	const until = new Date(Date.now() + hourMs);
	const late = new Date(until.getTime() + 1);
	const silence = { basis: "a law of silence", until: until.toISOString() };
	await expect(ask("quiet-4", silence, late)).rejects.toMatchObject({
		code: "rule-broken",
		reasons: [{ code: "field-refused", field: "silence.until", rule: "lies-behind" }],
	});
	const look = await ask("quiet-4", silence);
	const again = await ask("quiet-4", silence, late);
	expect((await again())?.id).toBe((await look())?.id);
});

test("of two, the last to end tells; what was told before either began stays told", async () => {
	const { caseId, told } = await reported("quiet-3");
	const [lan, minh] = people;
	const begin = (reason: string) => stores.silences.begin({ caseId, reason, until: null }, lan, new Date());
	const [first, second] = [await begin("one law"), await begin("another law")];
	if (first === null || second === null) throw new Error("the case is there");
	await decideTogether(stores, people, caseId, "remove");
	const end = (id: typeof first) => stores.silences.end(id, { userId: minh, why: "lifted" }, new Date());
	expect(await end(first)).toEqual({ reports: 0, statements: 0 });
	expect((await told()).messages).toEqual([]);
	expect(await end(second)).toMatchObject({ reports: 1 });
	expect((await told()).messages).toEqual([words["reporter/removed"].vi]);
	const order = await removalOf(stores, caseId);
	const statement = (await stores.orders.take(order))?.message.statement;
	expect(statement).not.toBeNull();
	await begin("a third law");
	expect((await stores.orders.find(order))?.message.statement).toEqual(statement);
});
