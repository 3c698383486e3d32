// What becomes of reports in the record: they are brought into cases, counted, and answered by what people decide. Asserted against PostgreSQL
// through the stores; gathering is run by hand, as takedown's loop does.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { mostVoices } from "../../../services/core/cases/count-reports.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import type { CaseId, ItemId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { CaseDetail } from "../../../services/core/ports/case-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { stageOf } from "../../../services/core/reports/report.ts";
import { readShippedTemplates } from "../../../services/runtime/read-templates.ts";
import { decideTogether, removalOf } from "../../support/decide-case.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

const answers = readShippedTemplates();

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let people: readonly [UserId, UserId];
const site = "https://forum.example/posts";

beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum", webhook: null, mediaHosts: [] });
	await stores.platforms.setAddresses(platform.id, [`${site}/{item}`]);
	const add = async (login: string) =>
		(
			await stores.users.create({
				...{
					login,
					displayName: login,
					roles: ["reviewer"],
					passwordHash: await hashPassword("correct horse battery staple"),
				},
			})
		).id;
	people = [await add("lan"), await add("minh")];
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const place = () => `https://elsewhere.example/${randomUUID()}`;
const report = (...args: Parameters<typeof submitReport> extends [unknown, ...infer Rest] ? Rest : never) =>
	submitReport(stores.reports, ...args);
async function gatherAll(): Promise<void> {
	while ((await stores.reportGathering.gather(500)).reports > 0);
}
async function caseAbout(address: string): Promise<CaseDetail> {
	const found = await casesAbout(address);
	expect(found).toHaveLength(1);
	const [only] = found;
	if (only === undefined) throw new Error("there is a case");
	return only;
}
async function casesAbout(address: string): Promise<readonly CaseDetail[]> {
	const all = await stores.cases.list({ limit: 500, offset: 0 });
	const details = await Promise.all(all.map(({ id }) => stores.cases.find(id)));
	return details.flatMap((one) => (one?.reports?.places.includes(address) === true ? [one] : []));
}
async function seenBy(receiptHash: Uint8Array) {
	const found = await stores.reports.findByReceipt([receiptHash]);
	if (found === null) throw new Error("a receipt that was given is known");
	const told = found.messages.filter(({ isFromReporter }) => !isFromReporter).map(({ body }) => body);
	return { id: found.id, stage: stageOf(found.progress), told };
}
/** By as many people as it takes. */
const settle = (id: CaseId, decision: Decision) => decideTogether(stores, people, id, decision);
/** What the affected user is told of each order, the oldest first. */
async function reasonsOf(id: CaseId) {
	const orders = (await stores.cases.find(id))?.items.flatMap((item) => item.orders) ?? [];
	const found = await Promise.all(orders.map((order) => stores.orders.take(order.id)));
	return found
		.flatMap((order) => order?.message ?? [])
		.toSorted((a, b) => a.version - b.version)
		.map(({ statement }) => statement);
}
async function keep(subject: string, verdict = clearVerdict): Promise<ItemId> {
	const [outcome] = await stores.verdicts.record([newItem(platform.id, platform.source, { subject, verdict })]);
	if (outcome === undefined) throw new Error("it is recorded");
	return outcome.itemId;
}

test("a thousand reports with the same address become one case with a thousand receipts", async () => {
	const address = place();
	const receipts: Uint8Array[] = [];
	for (let from = 0; from < 1_000; from += 20)
		receipts.push(...(await Promise.all(Array.from({ length: 20 }, () => report({ addresses: [address] })))));
	await gatherAll();
	const found = await caseAbout(address);
	expect(found.reports).toMatchObject({ reports: 1_000, reporters: 1_000, counted: { voices: mostVoices.public } });
	expect(found).toMatchObject({ platformName: null, surface: null, itemCount: 0, reportCount: 1_000, state: "open" });
	// Below what a machine matched with anything: their number alone raised nothing.
	expect(found.urgency).toBeLessThan(60);
	// As many events as a handful leaves.
	expect(found.events.length).toBeLessThan(10);

	await settle(found.id, "remove");
	const stages = [];
	for (let from = 0; from < receipts.length; from += 20)
		stages.push(...(await Promise.all(receipts.slice(from, from + 20).map(seenBy))));
	expect(new Set(stages.map(({ stage }) => stage))).toEqual(new Set(["answered"]));
	expect(new Set(stages.flatMap(({ told }) => told))).toEqual(new Set([answers["reporter/agreed"].vi]));
	expect(new Set(stages.map(({ id }) => id)).size).toBe(1_000);
}, 120_000);

test("however an address is typed it is one thing; each reporter is told in the language of the report", async () => {
	const id = randomUUID();
	const vietnamese = await report({ addresses: [`https://elsewhere.example/${id}`] });
	const english = await report({
		addresses: [`http://www.elsewhere.example/${id}/?utm_source=x`],
		language: "en",
		isDangerNow: true,
	});
	expect((await seenBy(english)).stage).toBe("received");
	await gatherAll();
	expect((await seenBy(english)).stage).toBe("collecting");
	const found = await caseAbout(`https://elsewhere.example/${id}`);
	expect(found.reports).toMatchObject({ reports: 2, danger: 1, about: [{ about: "abuse-picture", reports: 2 }] });
	expect(found.urgency).toBe(70);
	await settle(found.id, "restore");
	expect((await seenBy(vietnamese)).told).toEqual([answers["reporter/not-agreed"].vi]);
	expect((await seenBy(english)).told).toEqual([answers["reporter/not-agreed"].en]);
});

test("an item that nobody looked at comes before people once somebody reports its address", async () => {
	const item = await keep("quiet");
	await report({ addresses: [`${site}/quiet`] });
	await report({ addresses: [`${site}/quiet?fbclid=1`] });
	await gatherAll();
	const found = await caseAbout(`${site}/quiet`);
	expect(found.items.map(({ id }) => id)).toEqual([item]);
	expect(found).toMatchObject({ platformName: "forum", surface: "public", itemCount: 1, tier: "T" });
	await report({ addresses: [`${site}/quiet`] });
	await gatherAll();
	expect(await caseAbout(`${site}/quiet`)).toMatchObject({ id: found.id, itemCount: 1, reportCount: 3 });
	await settle(found.id, "remove");
	// No machine found it, however reports count to the case's tier. One person hides it, and two remove it.
	const byPeople = { facts: ["assessment"], promptedBy: ["report"], automated: { detection: false, decision: false } };
	expect(await reasonsOf(found.id)).toMatchObject([
		{ restriction: "withheld", ...byPeople },
		{ restriction: "removed", ...byPeople },
	]);
});

test("a report joins the case that a machine opened, which becomes no weaker, and its reporter learns of the removal", async () => {
	const item = await keep("known", newVerdict({ tier: "K2", action: "withhold", urgency: 75 }));
	const receipt = await report({ addresses: [`${site}/known`] });
	await gatherAll();
	const found = await caseAbout(`${site}/known`);
	expect(found).toMatchObject({ tier: "K2", urgency: 75, itemCount: 1, reportCount: 1 });
	expect(found.items.map(({ id }) => id)).toEqual([item]);
	await settle(found.id, "remove");
	// The platform has not done it yet.
	expect(await seenBy(receipt)).toMatchObject({ stage: "coordinating", told: [answers["reporter/removed"].vi] });
	expect(await reasonsOf(found.id)).toMatchObject([
		{ restriction: "withheld", promptedBy: ["detection"], automated: { detection: true, decision: true } },
		{ restriction: "removed", promptedBy: ["detection", "report"], automated: { detection: true, decision: false } },
	]);
	const at = new Date();
	await stores.orders.settleAttempt(await removalOf(stores, found.id), { kind: "delivered", at });
	expect(await seenBy(receipt)).toMatchObject({ stage: "answered" });

	// What people have removed is not put before people again: who reports it later is told at once.
	const late = await report({ addresses: [`${site}/known`] });
	await gatherAll();
	expect(await seenBy(late)).toMatchObject({ stage: "answered", told: [answers["reporter/removed"].vi] });
	expect(await casesAbout(`${site}/known`)).toHaveLength(1);
});

test("a decision that is taken back is told, and the report is open again", async () => {
	const address = place();
	const receipt = await report({ addresses: [address] });
	await gatherAll();
	const { id } = await caseAbout(address);
	await settle(id, "restore");
	const userId = people[0];
	const now = new Date();
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, { userId, isLead: true, now, reason: "more is known" }, defaultPolicy),
	);
	expect(await seenBy(receipt)).toMatchObject({
		stage: "verifying",
		told: [answers["reporter/not-agreed"].vi, answers["reporter/looking-again"].vi],
	});
	const [waiting] = (await stores.reportDesk.list("waiting", 200)).filter(({ where }) => where === address);
	expect(waiting?.isAnswered).toBe(false);
});

test("a report that names two things is told of each, and answered with the last; what its reporter adds is gathered, too", async () => {
	const [first, second, third] = [place(), place(), place()];
	const receipt = await report({ addresses: [first, second] });
	await gatherAll();
	await settle((await caseAbout(first)).id, "remove");
	expect(await seenBy(receipt)).toMatchObject({ stage: "verifying", told: [answers["reporter/agreed"].vi] });
	await settle((await caseAbout(second)).id, "restore");
	expect(await seenBy(receipt)).toMatchObject({ stage: "answered" });
	await stores.reports.addAddresses((await seenBy(receipt)).id, [third]);
	await gatherAll();
	expect(await caseAbout(third)).toMatchObject({ state: "open" });
	expect(await casesAbout(first)).toHaveLength(1);
});

test("a report that was taken back opens nothing, counts for nothing and is told nothing", async () => {
	const [address, other] = [place(), place()];
	const gone = await report({ addresses: [address] });
	await stores.reports.withdraw((await seenBy(gone)).id);
	const counted = await report({ addresses: [other] });
	await report({ addresses: [other] });
	await gatherAll();
	expect(await casesAbout(address)).toHaveLength(0);
	await stores.reports.withdraw((await seenBy(counted)).id);
	const found = await caseAbout(other);
	expect(found.reports).toMatchObject({ reports: 1, reporters: 1 });
	await settle(found.id, "remove");
	expect((await seenBy(counted)).told).toEqual([]);
});

test("two processes that gather at once count each report once", async () => {
	const address = place();
	for (let round = 0; round < 40; round += 1) await report({ addresses: [address] });
	await Promise.all(Array.from({ length: 4 }, gatherAll));
	expect((await caseAbout(address)).reportCount).toBe(40);
});

test("the acts that are told of cases hold numbers and codes, and nothing that anybody said", async () => {
	const address = place();
	await report({ addresses: [address], text: "marked-text", contact: "marked-contact", accountName: "marked-account" });
	await gatherAll();
	const { id } = await caseAbout(address);
	await settle(id, "remove");
	const acts = JSON.stringify(await stores.acts.list({ on: { kind: "case", id }, limit: 100 }));
	expect(acts).toContain("case-reports-counted");
	expect(acts).toContain("case-reports-answered");
	for (const said of ["marked-", address]) expect(acts).not.toContain(said);
});
