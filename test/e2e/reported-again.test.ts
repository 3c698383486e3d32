// What somebody reports and we hold is looked at again by the detectors: its own evidence, or the bytes of a copy that is kept. Of what is not
// held the record says so. Real pictures and posts through intake, stream, detector, record and takedown on the embedded profile; models answer
// as the test says, for what they say is theirs.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import type { ScoreResult } from "../../services/core/ports/scorer.ts";
import type { TextScore } from "../../services/core/ports/text-scorer.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { createDetectorKinds } from "../../services/detector/kinds/catalogue.ts";
import { eventually } from "../support/eventually.ts";
import { submitReport } from "../support/new-report.ts";
import { createRecordedScorer, scored } from "../support/recorded-scorer.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 60_000 };
const site = "https://forum.example/posts";
const shrugs: ScoreResult = { kind: "unavailable", model: "eye", version: "1.0.0", reason: "input-rejected" };
let says: ScoreResult = shrugs;
let reads: TextScore = { kind: "unavailable", reason: "not-finite" };
const eye = createRecordedScorer("eye", () => says, 224);
const reader = {
	info: { model: "reader", version: "1", backend: "cpu", language: "en" },
	score: (): TextScore => reads,
};
const withModels: typeof createDetectorKinds = (deps, deferExcess) =>
	createDetectorKinds({ ...deps, scorer: eye, textScorer: reader }, deferExcess);

let system: TestSystem;
beforeAll(async () => {
	system = await startTestSystem({
		...{ roles: ["intake", "detector", "takedown"], detector: { createKinds: withModels } },
	});
	await system.parts.stores.platforms.setAddresses(system.platform.id, [`${site}/{item}`]);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function send(path: string, type: string, body: string | Uint8Array): Promise<void> {
	const headers = { authorization: `Bearer ${system.apiKey}`, "content-type": type };
	const answer = await fetch(`${system.urlOf("intake")}${path}`, { method: "POST", headers, body: Buffer.from(body) });
	expect(answer.status).toBe(202);
}

async function upload(bytes: Uint8Array): Promise<string> {
	const id = randomUUID();
	await send(`/v1/media?id=${id}&subject=${id}&authorId=author&surface=public`, "image/jpeg", bytes);
	await settled(id);
	return id;
}

async function post(text: string): Promise<string> {
	const [source, id] = [system.platform.source, randomUUID()];
	const data = { text, authorId: "author", surface: "public" };
	const event = { specversion: "1.0", type: eventTypes.postPublished, source, id, subject: id, data };
	await send("/v1/events", "application/cloudevents+json", JSON.stringify(event));
	await settled(id);
	return id;
}

async function settled(eventId: string): Promise<void> {
	const key = { source: system.platform.source, eventId };
	await eventually(async () => expect((await system.parts.stores.verdicts.findSettled([key])).size).toBe(1), patience);
}

async function itemOf(subject: string) {
	const { cases } = system.parts.stores;
	const [held] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = held === undefined ? null : await cases.find(held.id);
	return { tier: held?.tier, item: detail?.items.find((one) => one.subject === subject), events: detail?.events ?? [] };
}

/** Its item, once it was judged again. */
async function reported(subject: string) {
	await submitReport(system.parts.stores.reports, { addresses: [`${site}/${subject}`] });
	await eventually(async () => expect((await itemOf(subject)).item?.judgedAgain ?? null).not.toBeNull(), patience);
	return itemOf(subject);
}

test("a picture that the model could not judge then is scored once it is reported, and its case rises by that", async () => {
	says = shrugs;
	const picture = await drawSample(9_001);
	const subject = await upload(picture);
	expect((await itemOf(subject)).item?.signals.map(({ kind }) => kind)).toContain("unavailable");
	says = scored("eye", 0.97);
	const { tier, item, events } = await reported(subject);
	expect([tier, item?.judgedAgain?.examined]).toEqual(["M", "examined"]);
	expect(item?.signals).toContainEqual(expect.objectContaining({ kind: "scored", model: "eye", probability: 0.97 }));
	expect(item?.signals.map(({ kind }) => kind)).not.toContain("unavailable");
	expect(events.map(({ kind }) => kind)).toContain("judged-again");

	// A copy was let pass, and nothing was kept of it: the bytes are those of the first.
	says = scored("eye", 0.01);
	const copy = await upload(picture);
	says = scored("eye", 0.96);
	expect((await reported(copy)).item).toMatchObject({ judgedAgain: { examined: "examined" } });
}, 120_000);

test("what was let pass, and of which nothing is kept, is judged by the banks of now alone, and the record says that it is not held", async () => {
	says = scored("eye", 0.01);
	const subject = await upload(await drawSample(9_002));
	const asked = eye.asked.length;
	says = scored("eye", 0.97);
	const { tier, item } = await reported(subject);
	expect([tier, item?.judgedAgain?.examined]).toEqual(["T", "not-held"]);
	expect(eye.asked.length).toBe(asked);
	expect(item?.signals).toContainEqual(expect.objectContaining({ kind: "scored", probability: 0.01 }));
}, 120_000);

test("a post whose text people have is read again; one whose text is not kept is not, and one that cannot be read says so", async () => {
	reads = { kind: "unavailable", reason: "not-finite" };
	const [first, second] = [await post("The harbour is quiet today."), await post("The library opens at nine.")];
	expect((await reported(second)).item?.judgedAgain?.examined).toBe("unavailable");
	reads = { kind: "scored", category: "offensive", probability: 0.99, labels: {} };
	const { tier, item } = await reported(first);
	expect([tier, item?.judgedAgain?.examined]).toEqual(["T", "examined"]);
	expect(item?.signals).toContainEqual(expect.objectContaining({ kind: "scored", model: "reader" }));
	reads = { kind: "scored", category: "offensive", probability: 0.01, labels: {} };
	const passed = await post("The bridge is open to bicycles.");
	expect((await reported(passed)).item?.judgedAgain?.examined).toBe("not-held");
}, 120_000);
