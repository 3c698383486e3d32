// A known picture is withheld on its bytes, whatever the decoder does; people get it once the decoder has answered, or failed. The whole
// embedded system, with an examiner that answers when the test lets it.
import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { exactHashes } from "../../services/core/hashes/exact/exact-hashes.ts";
import type { ImageExamination, ImageExaminer } from "../../services/core/ports/image-examiner.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 30_000 };
const answers: (() => void)[] = [];
let picture: Uint8Array;
/** Waits for the test with that picture, and then has crashed. */
const stuck: ImageExaminer = {
	version: "stuck",
	async examine(bytes): Promise<ImageExamination> {
		if (Buffer.compare(bytes, picture) === 0) await new Promise<void>((resolve) => answers.push(resolve));
		const hashes = { ...exactHashes(bytes), pdq: null };
		return { kind: "unavailable", reason: "decoder-crashed", mediaType: null, hashes, frames: [] };
	},
	[Symbol.asyncDispose]: async () => undefined,
};
let system: TestSystem;
beforeAll(async () => {
	picture = await drawSample(1);
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"], detector: { examiner: stuck } });
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
const casesOf = (subject: string) => system.parts.stores.cases.list({ search: subject, limit: 10, offset: 0 });

test("a known picture is withheld while the decoder hangs, and is before people with what could not be computed", async () => {
	const { stores } = system.parts;
	const hash = createHash("sha256").update(picture).digest();
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "sha256", hash, quality: null, externalId: null, note: null, opinion } as const;
	await stores.banks.addEntries(await system.createBank(), [entry], "test");

	// The detector follows the bank on its own time.
	let subject = "";
	const orders = () => [...system.sample.orders.values()].filter(({ order }) => order.subject === subject);
	await eventually(async () => {
		subject = await upload(picture);
		await eventually(() => expect(orders()).toHaveLength(1), { withinMs: 2_000 });
	}, patience);
	expect(orders()[0]?.order).toMatchObject({ action: "withhold", version: 1, reason: { tier: "K1" } });
	expect(answers.length).toBeGreaterThan(0);
	expect(await casesOf(subject)).toEqual([]);
	expect((await stores.verdicts.countOwed()).examination).toBeGreaterThan(0);

	await eventually(async () => {
		for (const answer of answers.splice(0)) answer();
		expect(await casesOf(subject)).toMatchObject([{ tier: "K1", isIncomplete: true }]);
	}, patience);
	const [summary] = await casesOf(subject);
	if (summary === undefined) throw new Error("it has a case");
	const found = await stores.cases.find(summary.id);
	const item = found?.items.find((one) => one.subject === subject);
	expect(item?.signals.map((signal) => ("reason" in signal ? signal.reason : signal.kind)).toSorted()).toEqual([
		"decoder-crashed",
		"matched",
	]);
	expect(orders()).toHaveLength(1);
}, 60_000);
