// Pictures that nothing knows, copied in the ways that people copy: real pictures through intake, stream, detector and record on the
// embedded profile. Every picture is made to go before people, so that its case shows what it was taken for. What people decide for a
// cluster, and what becomes of later copies, is not asserted here.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copyKinds, copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { unavailableSignal } from "../../services/core/signals/unavailable/unavailable.ts";
import { createDetectorKinds, type DetectorKinds } from "../../services/detector/kinds/catalogue.ts";
import { begin, next } from "../../services/detector/step.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const asksPeople: typeof createDetectorKinds = (deps, deferExcess): DetectorKinds => {
	const kinds = createDetectorKinds(deps, deferExcess);
	const examine = begin(kinds.media.examine).then(async (item) =>
		next({ ...item, signals: [...item.signals, unavailableSignal("media", "test", "embedded-media")] }),
	).run;
	return { ...kinds, media: { ...kinds.media, examine } };
};

let system: TestSystem;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"], detector: { createKinds: asksPeople } });
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function upload(picture: Uint8Array): Promise<string> {
	const id = randomUUID();
	const response = await fetch(`${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=a&surface=public`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "image/jpeg" },
		body: Buffer.from(picture),
	});
	expect(response.status).toBe(202);
	return id;
}

async function caseOf(subject: string) {
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	if (found === undefined) throw new Error("it is not before people yet");
	return found.id;
}

test("copies of one picture that nothing knows are one case, however they were made, and another picture is another", async () => {
	const [first, other] = [await drawSample(71), await drawSample(72)];
	const subjects: string[] = [];
	for (const kind of copyKinds) subjects.push(await upload(await copySample(first, kind)));
	const stranger = await upload(other);
	await eventually(
		async () => {
			const cases = await Promise.all(subjects.map(caseOf));
			expect(new Set(cases).size).toBe(1);
			expect(cases).not.toContain(await caseOf(stranger));
		},
		{ withinMs: 60_000 },
	);
}, 90_000);
