// A long video through intake, stream, detector and takedown on the embedded profile, with the real decoder: it is withheld on what its first minute
// shows, before the decoder has answered, and its case comes with all of it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import sharp from "sharp";
import { createVideoExaminer } from "../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../services/adapters/sharp/image-examiner.ts";
import { hashRaster } from "../../services/core/hashes/pdq/hash-raster.ts";
import { shownMsOf } from "../../services/core/items/segments.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { silentLogger as logger } from "../../services/runtime/logger.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { type Clips, openClips } from "../support/video/clips.ts";

const patience = { withinMs: 90_000 };
const limits = { maxPixels: 50_000_000, maxFrames: 8, timeoutMs: 60_000 };
const pictures = createImageExaminer({
	...{ workers: 1, modelSize: null, logger },
	limits: { ...limits, maxBytes: 50_000_000 },
});
const videos = createVideoExaminer({ workers: 1, modelSize: null, limits, logger }, pictures);
const answers: (() => void)[] = [];
/** The real one, which keeps its answer about videos until the test lets it. */
const examiner: typeof videos = {
	...videos,
	async examine(bytes, signal, request) {
		const examined = await videos.examine(bytes, signal, request);
		if (videos.isVideo?.(bytes) === true) await new Promise<void>((resolve) => answers.push(resolve));
		return examined;
	},
};

let clips: Clips;
let system: TestSystem;
let sender: ReturnType<typeof senderOf>;
beforeAll(async () => {
	clips = await openClips([41]);
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"], detector: { examiner } });
	sender = senderOf(system);
}, 120_000);
afterAll(async () => {
	for (const answer of answers.splice(0)) answer();
	await system[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

test("a known picture at second 20 of ten minutes withholds the video before it has been examined, and its case says where", async () => {
	const [known = Buffer.alloc(0)] = clips.pictures;
	const { data, info } = await sharp(known).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const { hash, quality } = hashRaster({ rgb: new Uint8Array(data), width: info.width, height: info.height });
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "pdq", hash, quality, externalId: null, note: null, opinion } as const;
	const { banks, cases, verdicts } = system.parts.stores;
	await banks.addEntries(await system.createBank(), [entry], "test");
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const picture = await sender.upload(known);
		await eventually(() => expect(sender.orderTo(picture)).toMatchObject({ action: "withhold" }), { withinMs: 2_000 });
	}, patience);

	const subject = await sender.upload(await clips.makeLong("long.mp4"), "video/mp4");
	await eventually(
		() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold", version: 1, reason: { tier: "K2" } }),
		patience,
	);
	expect(await cases.list({ search: subject, limit: 1, offset: 0 })).toEqual([]);
	expect((await verdicts.countOwed()).examination).toBe(1);

	await eventually(() => expect(answers).toHaveLength(1), patience);
	for (const answer of answers.splice(0)) answer();
	const item = await eventually(() => sender.itemOf(subject), patience);
	expect([item.tier, item.state]).toEqual(["K2", "withheld"]);
	const [match] = matchesOf(item.signals);
	expect(match?.shown?.[0]?.fromMs).toBeGreaterThanOrEqual(19_000);
	expect(shownMsOf(match?.shown ?? [])).toBeGreaterThanOrEqual(3_000);
	expect([...system.sample.orders.values()].filter(({ order }) => order.subject === subject)).toHaveLength(1);
}, 240_000);
