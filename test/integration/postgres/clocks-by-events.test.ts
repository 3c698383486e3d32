// Deadlines that events of ours start, on a real record: reports of what is on a platform, and what people confirm there, by the laws that the
// platform is on record as under. What they end by, are voided by, and begin again by.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { machine, named } from "../../../services/core/acts/doer.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { dueAtMs, standingOf } from "../../../services/core/clocks/clock.ts";
import type { CaseId, ItemId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { type ReporterKind, type ReportNotice, reportNotice } from "../../../services/core/reports/notice.ts";
import { decideTogether, removalOf } from "../../support/decide-case.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

const hourMs = 3_600_000;
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let people: readonly [UserId, UserId];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const add = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = [await add("lan"), await add("minh")];
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function platformUnder(...jurisdictions: readonly string[]): Promise<Platform> {
	const name = `forum-${randomUUID().slice(0, 8)}`;
	const platform = await stores.platforms.create({ name, source: `//${name}`, webhook: null, mediaHosts: [] });
	await stores.platforms.setAddresses(platform.id, [`https://${name}.example/{item}`]);
	await stores.platforms.setJurisdictions(platform.id, jurisdictions, named("test"));
	return { ...platform, jurisdictions };
}

interface Held {
	readonly itemId: ItemId;
	readonly address: string;
}

/** Let pass, and shown there. */
async function shownOn({ id, name, source }: Platform): Promise<Held> {
	const subject = randomUUID();
	const [outcome] = await stores.verdicts.record([newItem(id, source, { subject, verdict: clearVerdict })]);
	if (outcome === undefined) throw new Error("every item has its outcome");
	return { itemId: outcome.itemId, address: `https://${name}.example/${subject}` };
}

async function gatherAll(): Promise<void> {
	while ((await stores.reportGathering.gather(500)).reports > 0);
}

async function notice(kind: ReporterKind, change: Partial<ReportNotice>): Promise<Date> {
	const id = (await stores.reporters.create({ name: `reporter-${randomUUID()}`, kind, webhook: null }, machine)).id;
	const base = {
		reference: randomUUID(),
		about: "abuse-picture",
		why: "against the law",
		goodFaith: true,
		addresses: [],
	};
	const said = reportNotice.parse({ ...base, ...change });
	const submitted = await stores.reporters.submit({ id, kind, webhook: null }, [said]);
	await gatherAll();
	const [first] = submitted.kind === "received" ? submitted.reports : [];
	if (first === undefined) throw new Error("it is received");
	return first.receivedAt;
}

async function caseOf({ address }: Held): Promise<CaseId> {
	const [found] = await stores.cases.list({ search: address.split("/").at(-1) ?? "", limit: 1, offset: 0 });
	if (found === undefined) throw new Error("it is before people");
	return found.id;
}

/** Law and state, by law. */
async function clocksOn(id: CaseId, at = new Date()) {
	const all = await stores.clocks.list({ caseId: id, limit: 20 });
	const shown = all.map(({ clock }) => [clock.profile.id, standingOf(clock, at.getTime()).kind] as const);
	return Object.fromEntries(shown);
}

async function undo(id: CaseId): Promise<void> {
	const act = { userId: people[0], isLead: true, now: new Date(), reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId: people[0] }, act.now, (one) =>
		undoDecision(one, act, defaultPolicy),
	);
}

test("a notice on what a platform under the law shows starts its clock from its receipt; more notices start none, and the answer stops it", async () => {
	const held = await shownOn(await platformUnder("EU"));
	const receivedAt = await notice("trusted-flagger", { addresses: [held.address] });
	await notice("hotline", { addresses: [held.address] });
	const id = await caseOf(held);
	const all = await stores.clocks.list({ caseId: id, limit: 20 });
	expect(all.map(({ clock, cause }) => [clock.profile.id, clock.receivedAtMs, cause])).toEqual([
		["EU-DSA16", receivedAt.getTime(), { kind: "case", id }],
	]);
	await decideTogether(stores, people, id, "restore");
	expect(await clocksOn(id)).toEqual({ "EU-DSA16": "kept" });
	// Taken back, the answer counts no more, until people have decided again.
	await undo(id);
	expect(await clocksOn(id)).toEqual({ "EU-DSA16": "running" });
	await decideTogether(stores, people, id, "remove");
	expect(await clocksOn(id)).toMatchObject({ "EU-DSA16": "kept" });
});

test("on a platform that is under another law, or of which nobody said, nothing starts", async () => {
	for (const platform of [await platformUnder(), await platformUnder("VN")]) {
		const held = await shownOn(platform);
		await notice("trusted-flagger", { addresses: [held.address] });
		expect(await clocksOn(await caseOf(held))).toEqual({});
	}
});

test("a user's complaint has 48 hours, and is done once the platform has removed it", async () => {
	const held = await shownOn(await platformUnder("VN"));
	const receivedAt = await notice("platform-user", { addresses: [held.address] });
	const id = await caseOf(held);
	const [running] = await stores.clocks.list({ caseId: id, limit: 2 });
	if (running === undefined) throw new Error("it runs");
	expect([running.clock.profile.id, dueAtMs(running.clock)]).toEqual([
		"VN-147-USER",
		receivedAt.getTime() + 48 * hourMs,
	]);
	const [queued] = await stores.cases.list({ search: held.address.split("/").at(-1) ?? "", limit: 1, offset: 0 });
	expect(queued?.dueAt?.getTime()).toBe(receivedAt.getTime() + 48 * hourMs);
});

const own = { about: "own-picture", contact: "me@mail.example", isGoodFaith: true, signature: "A. B." } as const;

test("a signed request for one's own picture has 48 hours until the platform has removed it; one without its parts has none", async () => {
	const platform = await platformUnder("US");
	const held = await shownOn(platform);
	await submitReport(stores.reports, { ...own, addresses: [held.address] });
	await gatherAll();
	const id = await caseOf(held);
	expect(await clocksOn(id)).toEqual({ "US-TIDA": "running" });
	await decideTogether(stores, people, id, "remove");
	expect(await clocksOn(id)).toEqual({ "US-TIDA": "running" });
	await stores.orders.settleAttempt(await removalOf(stores, id), { kind: "delivered", at: new Date() });
	expect(await clocksOn(id)).toEqual({ "US-TIDA": "kept" });

	const unsigned = await shownOn(platform);
	await submitReport(stores.reports, { ...own, signature: "", addresses: [unsigned.address] });
	await gatherAll();
	expect(await clocksOn(await caseOf(unsigned))).toEqual({});
});

test("a request that is taken back is nobody's any more; another that stands keeps its clock running", async () => {
	const held = await shownOn(await platformUnder("US"));
	const receipts = [
		await submitReport(stores.reports, { ...own, addresses: [held.address] }),
		await submitReport(stores.reports, { ...own, addresses: [held.address] }),
	];
	await gatherAll();
	const id = await caseOf(held);
	for (const [at, expected] of ["running", "moot"].entries()) {
		const report = await stores.reports.findByReceipt(receipts.slice(at, at + 1));
		if (report === null) throw new Error("its receipt leads to it");
		expect(await stores.reports.withdraw(report.id)).toBe(true);
		expect(await clocksOn(id)).toEqual({ "US-TIDA": expected });
	}
});

/** Something known, of children, that people confirm. */
async function confirmedOn(platform: Platform): Promise<CaseId> {
	const verdict = newVerdict({ category: "csam" });
	const [outcome] = await stores.verdicts.record([newItem(platform.id, platform.source, { verdict })]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	await decideTogether(stores, people, outcome.caseId, "remove");
	return outcome.caseId;
}

test("what people confirm is known from then on: the clocks of the laws to report it run until a person says that it was reported", async () => {
	const id = await confirmedOn(await platformUnder("VN", "US", "GB", "EU"));
	const laws = ["EU-DSA18", "UK-66-P2-P3", "US-2258A", "VN-56-111"];
	expect(await clocksOn(id)).toEqual(Object.fromEntries(laws.map((law) => [law, "running"])));
	const [first] = await stores.clocks.list({ caseId: id, limit: 20 });
	if (first === undefined) throw new Error("they run");
	const told = { id: "report-sent:by-hand", kind: "report-sent", at: new Date() } as const;
	await stores.clocks.tell(first.id, told, { doer: named("an"), reason: "reference 42", at: new Date() });
	expect((await clocksOn(id))[first.clock.profile.id]).toBe("kept");
});

test("what is no abuse of children is confirmed without them; a confirmation that is taken back voids them, and one given again has them run again", async () => {
	const platform = await platformUnder("VN");
	const verdict = newVerdict({ category: "terrorism" });
	const [other] = await stores.verdicts.record([newItem(platform.id, platform.source, { verdict })]);
	if (other?.kind !== "recorded" || other.caseId === null) throw new Error("people see it");
	await decideTogether(stores, people, other.caseId, "remove");
	expect(await clocksOn(other.caseId)).toEqual({});

	const id = await confirmedOn(platform);
	expect(await clocksOn(id)).toEqual({ "VN-56-111": "running" });
	await undo(id);
	expect(await clocksOn(id)).toEqual({ "VN-56-111": "moot" });
	await decideTogether(stores, people, id, "remove");
	expect(await clocksOn(id)).toEqual({ "VN-56-111": "running" });
});
