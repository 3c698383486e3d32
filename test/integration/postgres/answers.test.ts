// What reporters, affected users and authorities are told, from templates that two people change: asserted against PostgreSQL through the stores.
// What was told stays as it was told, whatever the words become.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { TemplateBook } from "../../../services/core/answers/template-book.ts";
import { authorityRequest } from "../../../services/core/authorities/authority-request.ts";
import type { UserId } from "../../../services/core/ids.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { readShippedTemplates } from "../../../services/runtime/read-templates.ts";
import { decideTogether, removalOf } from "../../support/decide-case.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { submitReport } from "../../support/new-report.ts";
import { openTestRecord } from "../../support/test-database.ts";

const shipped = readShippedTemplates();
const site = "https://forum.example/posts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let people: readonly [UserId, UserId];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum", webhook: null, mediaHosts: [] });
	await stores.platforms.setAddresses(platform.id, [`${site}/{item}`]);
	const add = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = [await add("lan"), await add("minh")];
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** Somebody reports a post of the platform, and an authority asks for it. */
async function askedFor(subject: string) {
	await stores.verdicts.record([newItem(platform.id, platform.source, { subject, verdict: clearVerdict })]);
	const address = `${site}/${subject}`;
	const receipt = await submitReport(stores.reports, { addresses: [address] });
	while ((await stores.reportGathering.gather(500)).reports > 0);
	const [known] = await stores.authorities.list();
	const ministry = { name: "ministry", jurisdiction: "VN", laws: [] };
	const by = { kind: "named", by: "an" } as const;
	const authority = known ?? (await stores.authorities.add(ministry, new Uint8Array(32), by));
	const asks = { reference: `CV-${subject}`, asks: "removal", legalBasis: "a law", addresses: [address] };
	const starts = { laws: [], at: new Date(), arrival: { channel: "key" } } as const;
	const { id } = await stores.authorities.receive(authority, authorityRequest.parse(asks), starts);
	const caseId = (await stores.cases.list({ search: subject, limit: 1, offset: 0 }))[0]?.id;
	if (caseId === undefined) throw new Error("what was reported is a case");
	const answers = async () => (await stores.authorities.findRequest(authority.id, id, new Date()))?.answers ?? [];
	const messages = async () => (await stores.reports.findByReceipt([receipt]))?.messages.map(({ body }) => body) ?? [];
	return { caseId, answers, messages };
}

async function putInForce(change: Partial<TemplateBook>): Promise<number> {
	const [lan, minh] = people;
	const make = ({ set }: { readonly set: TemplateBook }) => ({ ...set, ...change });
	const { id } = await stores.templates.propose({ make, base: null, why: "plainer", by: lan });
	await expect(stores.templates.accept(id, lan, null)).rejects.toMatchObject({ code: "same-person" });
	return (await stores.templates.accept(id, minh, null)).revision;
}

test("a decision is told to the reporter, the user and the authority in the words in force, and stays as it was told", async () => {
	const first = await askedFor("post-1");
	await decideTogether(stores, people, first.caseId, "remove");
	const order = await removalOf(stores, first.caseId);
	const statement = (await stores.orders.take(order))?.message.statement;
	expect(statement?.text.en).toContain(shipped["user/restriction.removed"].en);
	const told = await first.answers();
	expect(told).toMatchObject([
		{ outcome: "removed", templateRevision: 1, text: { en: expect.stringMatching(/^Your request CV-post-1 of/) } },
	]);
	expect(told[0]?.text.vi).toContain(`${site}/post-1`);
	expect(await first.messages()).toEqual([shipped["reporter/removed"].vi]);

	const revision = await putInForce({
		"reporter/removed": { vi: "Đã gỡ, báo ngày {received}.", en: "Removed, as you told us on {received}." },
		"authority/removed": { vi: "{reference}: đã gỡ", en: "{reference}: removed" },
		"user/restriction.removed": { vi: "Đã gỡ.", en: "Removed." },
	});
	const second = await askedFor("post-2");
	await decideTogether(stores, people, second.caseId, "remove");
	expect(await second.messages()).toEqual([expect.stringMatching(/^Đã gỡ, báo ngày \d+ tháng \d+, \d{4}\.$/)]);
	expect(await second.answers()).toMatchObject([
		{ templateRevision: revision, text: { vi: "CV-post-2: đã gỡ", en: "CV-post-2: removed" } },
	]);
	const later = (await stores.orders.take(await removalOf(stores, second.caseId)))?.message.statement;
	expect(later?.text.en.split("\n")[0]).toBe("Removed.");

	// What was told before is what was told: sent again, shown again.
	expect((await stores.orders.take(order))?.message.statement).toEqual(statement);
	expect(await first.answers()).toEqual(told);
	expect(await first.messages()).toEqual([shipped["reporter/removed"].vi]);
});

test("an authority that asks for what people removed before is told so at once", async () => {
	const { caseId } = await askedFor("post-3");
	await decideTogether(stores, people, caseId, "remove");
	const [authority] = await stores.authorities.list();
	if (authority === undefined) throw new Error("the ministry is there");
	const again = { reference: "CV-again", asks: "removal", legalBasis: "a law", addresses: [`${site}/post-3`] };
	const starts = { laws: [], at: new Date(), arrival: { channel: "key" } } as const;
	const { id } = await stores.authorities.receive(authority, authorityRequest.parse(again), starts);
	const found = await stores.authorities.findRequest(authority.id, id, new Date());
	expect(found?.answers).toMatchObject([{ outcome: "removed", text: { en: expect.stringContaining("CV-again") } }]);
});

test("a case shows those who edit the words whom it tells what", async () => {
	const { caseId } = await askedFor("post-4");
	await decideTogether(stores, people, caseId, "remove");
	expect(await stores.templates.toldOf(caseId)).toMatchObject({
		reporters: [{ received: expect.any(Date) }],
		users: [{ action: "remove", decidedBy: "person", isReported: true, isAskedFor: true }, { action: "withhold" }],
		authorities: [{ reference: "CV-post-4", places: `${site}/post-4` }],
	});
});

test("older words may be taken up again, by two people; a revision that is stale is refused", async () => {
	const [lan, minh] = people;
	const { revision } = await stores.templates.current();
	const stale = await stores.templates.propose({
		...{ make: ({ set }) => ({ ...set, "reporter/left": { vi: "a", en: "b" } }), base: null, why: "x", by: lan },
	});
	const back = await stores.templates.proposeRevert(1, { base: revision, why: "as it was", by: lan });
	expect((await stores.templates.accept(back.id, minh, null)).set).toEqual(shipped);
	await expect(stores.templates.accept(stale.id, minh, null)).rejects.toMatchObject({ code: "templates-stale" });
});
