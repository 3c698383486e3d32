// Archives through intake, stream, detector, record and takedown on the embedded profile: what is known in them withholds them, people see which
// of their files it is and pictures out of them, and what is under a password comes before people. Which formats are read is
// integration/containers' to show.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { exactHashes } from "../../services/core/hashes/exact/exact-hashes.ts";
import { hashTerm } from "../../services/core/hashes/term/term-hash.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { writtenMatches } from "../../services/core/signals/written/written.ts";
import { memberKey } from "../../services/core/wire/media-key.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { officeFileOf, zipOf } from "../support/containers.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { docxOf, pdfOfWords } from "../support/written-documents.ts";

const patience = { withinMs: 60_000 };
let system: TestSystem;
let sender: ReturnType<typeof senderOf>;
const picture = async (seed: number) =>
	sharp(await drawSample(seed))
		.jpeg()
		.toBuffer();
const known = await picture(71);
const other = await picture(72);
const film = await readFile(fromPackageRoot("test", "fixtures", "video", "zoom.mp4"));
const text = "Cả xóm rủ nhau chiều mai mang xe đạp cũ ra sân đình cùng sửa.";
const term = "quả bưởi tím";

beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	sender = senderOf(system);
	const opinion = { source: "list", kind: "positive" } as const;
	const { sha256: hash } = exactHashes(known);
	const { sha256: ofFilm } = exactHashes(film);
	const entry = { hashType: "sha256", hash, quality: null, externalId: null, note: null, opinion } as const;
	const [ofText, ofTerm] = [hashText(text), hashTerm(term)];
	if (ofText === null || typeof ofTerm === "string") throw new Error("nothing to list");
	const texts = [
		{ ...entry, hashType: "text", hash: ofText },
		{ ...entry, hashType: "text-term", hash: ofTerm },
	] as const;
	await system.parts.stores.banks.addEntries(
		await system.createBank(),
		[entry, { ...entry, hash: ofFilm }, ...texts],
		"test",
	);
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

test("a known picture withholds the archive and the document that hold it, and people see which file it is", async () => {
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const subject = await sender.upload(known);
		await eventually(() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold" }), { withinMs: 2_000 });
	}, patience);

	const archive = await sender.upload(
		zipOf([
			{ name: "một.jpg", bytes: other },
			{ name: "hai.jpg", bytes: known },
		]),
	);
	const document = await sender.upload(officeFileOf([{ name: "image1.jpeg", bytes: known }]));
	for (const [subject, path] of [
		[archive, "hai.jpg"],
		[document, "word/media/image1.jpeg"],
	] as const) {
		const item = await eventually(() => sender.itemOf(subject), patience);
		expect(matchesOf(item.signals)).toMatchObject([{ hashType: "sha256", within: [path] }]);
		expect([item.tier, item.mediaType, item.members?.paths[0]]).toEqual(["K1", "application/zip", path]);
		await eventually(() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold" }), patience);
		await eventually(
			async () =>
				expect(await system.parts.mediaStore().get(memberKey(item.mediaKey ?? "", 0), 1_000_000)).toEqual(
					new Uint8Array(known),
				),
			patience,
		);
	}
}, 180_000);

test("a known film behind a telephone's picture withholds the picture, and people see both", async () => {
	const subject = await sender.upload(Buffer.concat([other, film]));
	const item = await eventually(() => sender.itemOf(subject), patience);
	expect(matchesOf(item.signals)).toMatchObject([{ hashType: "sha256", within: ["file 1 behind"] }]);
	expect([item.tier, item.mediaType, item.members]).toEqual([
		"K1",
		"image/jpeg",
		{ paths: ["file 1 behind", "the picture"] },
	]);
	await eventually(() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold" }), patience);
	for (const at of [0, 1])
		await eventually(
			async () =>
				expect(await system.parts.mediaStore().get(memberKey(item.mediaKey ?? "", at), 1_000_000)).not.toBeNull(),
			patience,
		);
}, 120_000);

test("what is under a password comes before people with the name of the file, and a harmless archive does not", async () => {
	const locked = await sender.upload(zipOf([{ name: "locked.jpg", bytes: other, isEncrypted: true }]));
	const { signals, tier } = await eventually(() => sender.itemOf(locked), patience);
	expect(signals).toContainEqual(
		expect.objectContaining({ kind: "unavailable", reason: "encrypted", within: ["locked.jpg"] }),
	);
	expect(tier).toBe("none");
	expect(sender.orderTo(locked)).toBeUndefined();
}, 120_000);

test("a known text withholds the document that it is written in, a term in one has people look, and the words around what was named are all that is kept", async () => {
	const document = await sender.upload(docxOf([[text.slice(0, 20), text.slice(20)]]));
	const { signals, tier } = await eventually(() => sender.itemOf(document), patience);
	expect(tier).toBe("K1");
	expect(writtenMatches(signals)).toMatchObject([{ hashType: "text", transform: "none" }]);
	expect(signals).toContainEqual(expect.objectContaining({ kind: "written", within: ["word/document.xml"] }));
	await eventually(() => expect(sender.orderTo(document)).toMatchObject({ action: "withhold" }), patience);

	const page = await sender.upload(pdfOfWords(["Sáng nay cả nhà ra vườn", `hái ${term} đầu mùa`]));
	const found = await eventually(() => sender.itemOf(page), patience);
	expect(found.tier).toBe("T");
	expect(found.signals).toContainEqual(expect.objectContaining({ kind: "written", within: ["page 1"] }));
	expect(JSON.stringify([signals, found.signals])).not.toMatch(/bưởi|xe đạp/);
	const [excerpt, ...others] = found.words;
	expect(others).toEqual([]);
	expect(excerpt).toMatchObject({ path: "page 1", isTyped: true });
	const [place] = excerpt?.places ?? [];
	expect(excerpt?.text.slice(place?.from, place?.to).toLowerCase()).toBe(term);
}, 180_000);

test("a post that carries a known picture within its text is withheld", async () => {
	const id = randomUUID();
	const event = {
		...{ specversion: "1.0", type: "breakwater.post.published.v1", source: system.platform.source, id, subject: id },
		...{ time: new Date().toISOString() },
		data: {
			text: `Look: data:image/jpeg;base64,${known.toString("base64")} as I said`,
			authorId: "a",
			surface: "public",
		},
	};
	const response = await fetch(`${system.urlOf("intake")}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/cloudevents+json" },
		body: JSON.stringify(event),
	});
	expect(response.status).toBe(202);
	const item = await eventually(() => sender.itemOf(id), patience);
	expect(matchesOf(item.signals)).toMatchObject([{ hashType: "sha256", within: ["file 1"] }]);
	await eventually(() => expect(sender.orderTo(id)).toMatchObject({ action: "withhold" }), patience);
}, 120_000);
