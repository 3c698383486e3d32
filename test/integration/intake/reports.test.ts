// /v1/reports over real HTTP: what organisations report, how it is counted by how often they were right, and what they are told by signed
// webhook. Keys, reports and cases are in a real PostgreSQL; jobs are taken out of the outbox as takedown's relay does.
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createWebhookClient } from "../../../services/adapters/platforms/webhook-client.ts";
import { machine } from "../../../services/core/acts/doer.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import type { UserId } from "../../../services/core/ids.ts";
import type { CaseSummary } from "../../../services/core/ports/case-store.ts";
import type { OutboxRow } from "../../../services/core/ports/outbox-store.ts";
import type { ReporterKind } from "../../../services/core/reports/notice.ts";
import { jobCatalogue } from "../../../services/core/wire/jobs.ts";
import { hashOfKey, newKey } from "../../../services/runtime/bearer-key.ts";
import { readShippedTemplates } from "../../../services/runtime/read-templates.ts";
import { createTellReporter } from "../../../services/takedown/tell-reporter.ts";
import { decideBy } from "../../support/decide-case.ts";
import { type IntakeFixture, openIntake } from "./intake-fixture.ts";

const answers = readShippedTemplates();

interface Received {
	readonly headers: Record<string, string>;
	readonly body: string;
}

let intake: IntakeFixture;
let people: readonly UserId[];
let hook: Server;
let hookUrl = "";
const received: Received[] = [];
let hookAnswers = 204;
beforeAll(async () => {
	intake = await openIntake();
	const add = async (login: string) => {
		const passwordHash = await hashPassword("correct horse battery staple");
		return (await intake.stores.users.create({ login, displayName: login, roles: ["reviewer"], passwordHash })).id;
	};
	people = [await add("lan"), await add("minh")];
	hook = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += chunk;
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		received.push({ headers, body });
		response.writeHead(hookAnswers).end();
	}).listen(0, "127.0.0.1");
	await once(hook, "listening");
	const address = hook.address();
	hookUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/reports`;
}, 60_000);
afterAll(async () => {
	hook.close();
	await intake[Symbol.asyncDispose]();
});

async function addReporter(kind: ReporterKind, webhook: { url: string; secret: string } | null = null) {
	const name = `r-${randomUUID()}`;
	const key = newKey("reporter", name);
	const { reporters } = intake.stores;
	const reporter = await reporters.create({ name, kind, webhook }, machine);
	await reporters.addKey(reporter.id, hashOfKey(key), machine);
	const post = (...reports: readonly object[]) =>
		intake.post("/v1/reports", { body: { reports }, key, headers: { "content-type": "application/json" } });
	const ask = async (id: string) => {
		const answer = await fetch(`${intake.url}/v1/reports/${id}`, { headers: { authorization: `Bearer ${key}` } });
		// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
		const json: any = await answer.json();
		return { status: answer.status, json };
	};
	const record = async () => (await reporters.list()).find(({ id }) => id === reporter.id)?.record;
	return { ...reporter, key, post, ask, record };
}

const notice = (change: object = {}) => ({
	reference: randomUUID(),
	about: "abuse-picture",
	addresses: [`https://elsewhere.example/${randomUUID()}`],
	why: "A picture that must not be there.",
	goodFaith: true,
	...change,
});
async function caseOf({ addresses: [place = ""] }: { readonly addresses: readonly string[] }): Promise<CaseSummary> {
	while ((await intake.stores.reportGathering.gather(500)).reports > 0);
	const all = await intake.stores.cases.list({ limit: 500, offset: 0 });
	for (const one of all) {
		const found = await intake.stores.cases.find(one.id);
		if (found?.reports?.places.includes(place) === true) return one;
	}
	throw new Error("it is in a case");
}
async function settle({ id }: CaseSummary, decision: Decision, by = people): Promise<void> {
	for (const userId of by) if ((await decideBy(intake.stores, userId, id, { decision }))?.state === "decided") return;
}
/** Does what is due on reporters' webhooks once; answers how many of these jobs are still to be done. */
async function tellReporters(isLastAttempt = false): Promise<number> {
	const { stores } = intake;
	await using client = createWebhookClient({
		...{ timeoutMs: 5_000, allowPrivateAddresses: true, clock: { now: () => Date.now() } },
	});
	const tell = createTellReporter({ ...stores, client, events: { reporterTold: () => undefined } });
	const rows: OutboxRow[] = [];
	await stores.outbox.relay(1_000, async (some) => void rows.push(...some));
	await stores.outbox.reconcile(0, 1_000, async (some) => void rows.push(...some));
	const due = new Map(rows.filter(({ name }) => name === "tell").map((row) => [row.jobId, row.payload]));
	let left = 0;
	for (const payload of due.values()) {
		const context = { attempt: 1, isLastAttempt, queuedAt: new Date(), signal: new AbortController().signal };
		await tell(jobCatalogue.tell.payload.parse(payload), context).catch(() => {
			left += 1;
		});
	}
	return left;
}

test("a notice is received with its id and time; the same reference again is the same report", async () => {
	const flagger = await addReporter("trusted-flagger");
	const sent = notice();
	const first = await flagger.post(sent);
	expect(first.status).toBe(202);
	const [{ id, reference, receivedAt, isNew }] = first.json.reports;
	expect({ reference, isNew }).toEqual({ reference: sent.reference, isNew: true });
	expect(Math.abs(Date.now() - Date.parse(receivedAt))).toBeLessThan(60_000);
	const again = await flagger.post(sent);
	expect(again.json.reports).toEqual([{ id, reference, receivedAt, isNew: false }]);
	expect(await flagger.ask(id)).toMatchObject({
		status: 200,
		json: { id, stage: "received", outcome: null, messages: [] },
	});
});

test("a batch is taken whole or not at all", async () => {
	const hotline = await addReporter("hotline");
	const three = [notice(), notice(), notice()];
	const refused = await hotline.post(...three, notice({ goodFaith: false }));
	expect(refused).toMatchObject({ status: 400, json: { code: "malformed-request" } });
	const taken = await hotline.post(...three);
	expect(taken.json.reports.map(({ isNew }: { isNew: boolean }) => isNew)).toEqual([true, true, true]);
	expect(taken.json.reports.map(({ reference }: { reference: string }) => reference)).toEqual(
		three.map(({ reference }) => reference),
	);
});

test("a notice that stands twice in a request is one report, answered at each of its places", async () => {
	const hotline = await addReporter("hotline", { url: hookUrl, secret: `whsec_${randomBytes(24).toString("base64")}` });
	const [known, twice] = [notice(), notice()];
	await hotline.post(known);
	const { status, json } = await hotline.post(twice, known, twice);
	expect({ status, isNew: json.reports.map(({ isNew }: { isNew: boolean }) => isNew) }).toEqual({
		...{ status: 202, isNew: [true, false, false] },
	});
	expect(json.reports[2]).toEqual({ ...json.reports[0], isNew: false });
	received.length = 0;
	expect(await tellReporters()).toBe(0);
	expect(received).toHaveLength(2);
});

test("another notice under a reference that is taken is refused with its whole request, within one and later", async () => {
	const hotline = await addReporter("hotline");
	const [sent, beside] = [notice(), notice()];
	const other = { ...sent, why: "Said otherwise." };
	const conflict = { status: 409, json: { code: "reference-taken" } };
	expect(await hotline.post(sent, beside, other)).toMatchObject(conflict);
	await hotline.post(sent);
	const refused = await hotline.post(beside, other);
	expect(refused).toMatchObject(conflict);
	expect(JSON.stringify(refused.json)).toContain("body.reports.1.reference");
	expect((await hotline.post(beside)).json.reports).toMatchObject([{ isNew: true }]);
	expect((await (await addReporter("hotline")).post(other)).json.reports).toMatchObject([{ isNew: true }]);
});

test("of requests that come at once with one reference, one is the report and the others are that one or refused", async () => {
	const hotline = await addReporter("hotline");
	const sent = notice();
	const answers = await Promise.all(
		Array.from({ length: 20 }, (_, index) =>
			hotline.post(index % 2 === 0 ? sent : { ...sent, why: "Said otherwise." }),
		),
	);
	expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
	expect(answers.filter(({ status }) => status === 409)).toHaveLength(10);
	const taken = answers.flatMap(({ json }) => json.reports ?? []);
	expect(new Set(taken.map(({ id }) => id)).size).toBe(1);
	expect(taken.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test("without an address or an account, a reason or good faith, a notice is refused and says which", async () => {
	const hotline = await addReporter("hotline");
	for (const [change, field] of [
		[{ addresses: [] }, "addresses"],
		[{ why: "  " }, "why"],
		[{ goodFaith: undefined }, "goodFaith"],
		[{ reference: "" }, "reference"],
		[{ about: "weather" }, "about"],
	] as const) {
		const refused = await hotline.post(notice(change));
		expect({ status: refused.status, named: JSON.stringify(refused.json).includes(field) }).toEqual({
			status: 400,
			named: true,
		});
	}
	expect((await hotline.post(notice({ addresses: [], account: { platform: "Forum", name: "lan.1" } }))).status).toBe(
		202,
	);
});

test("a platform's user stays unnamed for what may be a child's sexual abuse, and gives name and e-mail for the rest", async () => {
	const button = await addReporter("platform-user");
	expect((await button.post(notice({ about: "grooming" }))).status).toBe(202);
	expect((await button.post(notice({ about: "violence" }))).status).toBe(422);
	const contact = { name: "Lan", email: "lan@mail.example" };
	expect((await button.post(notice({ about: "violence", contact }))).status).toBe(202);
	expect((await (await addReporter("hotline")).post(notice({ about: "violence" }))).status).toBe(202);
});

test("a key opens nobody else's reports, a platform's key none, and a disabled reporter's is refused", async () => {
	const [one, other] = [await addReporter("hotline"), await addReporter("hotline")];
	const { id } = (await one.post(notice())).json.reports[0];
	expect((await other.ask(id)).status).toBe(404);
	expect(
		(
			await intake.post("/v1/reports", {
				body: { reports: [notice()] },
				headers: { "content-type": "application/json" },
			})
		).status,
	).toBe(401);
	expect((await intake.post("/v1/events", { body: {}, key: one.key })).status).toBe(401);
	await intake.stores.reporters.setEnabled(one.id, false, machine);
	intake.pass(5_000);
	expect((await one.post(notice())).status).toBe(401);
});

test("several organisations and the public report one place: one case, each counted as what it is, and each told", async () => {
	const [flagger, button] = [await addReporter("trusted-flagger"), await addReporter("platform-user")];
	const sent = notice();
	const { addresses } = sent;
	const flagged = (await flagger.post(sent)).json.reports[0];
	await flagger.post(notice({ addresses }));
	for (const user of ["u1", "u1", "u2"]) await button.post(notice({ addresses, user }));
	const found = await caseOf(sent);
	const { reports } = (await intake.stores.cases.find(found.id)) ?? {};
	expect(reports).toMatchObject({ reports: 5, reporters: 3, counted: { voices: 2, trusted: 1 } });
	expect((await flagger.ask(flagged.id)).json.stage).toBe("collecting");
	await settle(found, "remove");
	expect((await flagger.ask(flagged.id)).json).toMatchObject({
		...{ stage: "answered", outcome: "agreed", automatedDecision: false },
		messages: [{ text: answers["reporter/agreed"].en }],
	});
});

test("a flagger who is wrong again and again counts as one of the public, and what is right counts for it again", async () => {
	const flagger = await addReporter("trusted-flagger");
	const weight = async (sent: ReturnType<typeof notice>) => {
		await flagger.post(sent);
		const found = await caseOf(sent);
		return { found, counted: (await intake.stores.cases.find(found.id))?.reports?.counted };
	};
	expect((await weight(notice())).counted).toEqual({ voices: 0, trusted: 1 });
	for (let wrong = 0; wrong < 6; wrong += 1) await settle((await weight(notice())).found, "restore");
	expect(await flagger.record()).toEqual({ right: 0, decided: 6 });
	expect((await weight(notice())).counted).toEqual({ voices: 1, trusted: 0 });
	for (let right = 0; right < 6; right += 1) await settle((await weight(notice())).found, "remove");
	expect(await flagger.record()).toEqual({ right: 6, decided: 12 });
	expect((await weight(notice())).counted).toEqual({ voices: 0, trusted: 1 });
}, 60_000);

test("acknowledgement and decision come by signed webhook, again until they are taken, and then no more", async () => {
	const secret = `whsec_${randomBytes(24).toString("base64")}`;
	const hotline = await addReporter("hotline", { url: hookUrl, secret });
	const sent = notice({ language: "vi" });
	received.length = 0;
	hookAnswers = 503;
	await hotline.post(sent);
	expect(await tellReporters()).toBe(1);
	hookAnswers = 204;
	expect(await tellReporters()).toBe(0);
	await settle(await caseOf(sent), "remove");
	expect(await tellReporters()).toBe(0);
	expect(await tellReporters()).toBe(0);
	const messages = received.map(({ headers, body }) => {
		new Webhook(secret).verify(body, headers);
		return { id: headers["webhook-id"], ...JSON.parse(body) };
	});
	expect(messages.map(({ status }) => status)).toEqual(["received", "received", "answered"]);
	expect(messages[0].id).toBe(messages[1].id);
	expect(messages[2]).toMatchObject({
		...{ type: "breakwater.report.v1", reference: sent.reference, outcome: "agreed", automatedDecision: false },
		text: answers["reporter/agreed"].vi,
	});
	for (const { body } of received)
		for (const said of [sent.why, sent.addresses[0] ?? ""]) expect(body).not.toContain(said);
});

test("a webhook that is gone is told of no more, and its reporter learns by asking", async () => {
	const hotline = await addReporter("hotline", { url: hookUrl, secret: `whsec_${randomBytes(24).toString("base64")}` });
	hookAnswers = 410;
	const { id } = (await hotline.post(notice())).json.reports[0];
	expect(await tellReporters()).toBe(0);
	hookAnswers = 204;
	received.length = 0;
	expect(await tellReporters()).toBe(0);
	expect(received).toEqual([]);
	expect((await hotline.ask(id)).status).toBe(200);
});

test("an organisation appeals what was left, once; other people decide, and it is told by webhook and by asking", async () => {
	const secret = `whsec_${randomBytes(32).toString("base64")}`;
	const [flagger, other] = [
		await addReporter("trusted-flagger", { url: hookUrl, secret }),
		await addReporter("hotline"),
	];
	const sent = notice();
	const { id } = (await flagger.post(sent)).json.reports[0];
	const appeal = (key: string, text = "It shows more on its second page.") =>
		intake.post(`/v1/reports/${id}/appeal`, { body: { text }, key, headers: { "content-type": "application/json" } });
	expect(await appeal(flagger.key)).toMatchObject({ status: 409, json: { code: "nothing-to-appeal" } });
	const place = await caseOf(sent);
	await settle(place, "restore");
	expect((await flagger.ask(id)).json).toMatchObject({ outcome: "not-agreed", mayAppeal: true, appeal: null });
	expect((await appeal(other.key)).status).toBe(404);
	expect((await appeal(flagger.key, " ")).status).toBe(400);
	expect((await appeal(flagger.key)).status).toBe(201);
	expect((await appeal(flagger.key)).json.code).toBe("nothing-to-appeal");
	expect((await flagger.ask(id)).json).toMatchObject({ mayAppeal: false, appeal: { outcome: null, settledAt: null } });
	const [waiting] = await intake.stores.appeals.list({ caseId: place.id, limit: 5 });
	expect(waiting).toMatchObject({ by: "reporter", channel: "key", text: "" });

	// Whoever decided before is kept out: two others take it down.
	await expect(settle(place, "remove")).rejects.toMatchObject({ code: "same-person" });
	const decided = (await intake.stores.cases.find(place.id))?.snapshot.appealed?.by ?? [];
	expect(decided.length).toBeGreaterThan(0);
	const passwordHash = await hashPassword("correct horse battery staple");
	const add = async (login: string) =>
		(await intake.stores.users.create({ login, displayName: login, roles: ["reviewer"], passwordHash })).id;
	await settle(place, "remove", [await add("hoa"), await add("dung")]);
	received.length = 0;
	expect(await tellReporters()).toBe(0);
	const told = received.map(({ body }) => JSON.parse(body)).filter((one) => one.reportId === id);
	expect(told.at(-1)).toMatchObject({ status: "answered", outcome: "agreed" });
	expect((await flagger.ask(id)).json).toMatchObject({ outcome: "agreed", appeal: { outcome: "overturned" } });
}, 30_000);
