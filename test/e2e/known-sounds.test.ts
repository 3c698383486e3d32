// A known sound under pictures that nobody knows, from intake to case and order on the embedded profile. Which copies are found is core's to show, and which
// formats are heard integration/ffmpeg's.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { blocksOfSound } from "../../services/core/hashes/sound/sound.ts";
import { createSoundHearer } from "../../services/core/hashes/sound/sound-words.ts";
import { hashOfFrames } from "../../services/core/hashes/vpdq/hash-of-frames.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { asHeard, madeRate, madeSound, wavOf } from "../support/sound/made-sounds.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { type Clips, openClips } from "../support/video/clips.ts";

const patience = { withinMs: 60_000 };
const rate = madeRate;
const made = madeSound("speech", { seed: 11, seconds: 24, rate });

let clips: Clips;
let system: TestSystem;
beforeAll(async () => {
	clips = await openClips([51, 52, 53, 54, 55]);
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

test("a video of other pictures, whose sound is known and encoded anew, is put before people with where it is heard, and stays up", async () => {
	const sender = senderOf(system);
	const hearer = createSoundHearer();
	hearer.hear(asHeard(made));
	const frames = blocksOfSound({ tunings: hearer.words() });
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "audio-fingerprint", hash: hashOfFrames(frames), frames, quality: null, opinion } as const;
	await system.parts.stores.banks.addEntries(
		await system.createBank({ name: "sounds" }),
		[{ ...entry, externalId: null, note: null }],
		"test",
	);
	const spoken = made.subarray(6 * rate, 18 * rate);
	const args = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "libmp3lame", "-b:a", "64k"];
	const copy = await clips.makeHeard("copy.mp4", wavOf(spoken), args);
	const other = await clips.makeHeard("other.mp4", wavOf(madeSound("speech", { seed: 12, seconds: 12, rate })), args);
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const subject = await sender.upload(copy, "video/mp4");
		const { signals, tier, state } = await eventually(() => sender.itemOf(subject), { withinMs: 10_000 });
		expect(matchesOf(signals)).toMatchObject([{ hashType: "audio-fingerprint", bankName: "sounds" }]);
		const [{ shown: [{ fromMs = -1, toMs = 0 } = {}] = [] } = {}] = matchesOf(signals);
		expect(fromMs).toBeLessThan(2_000);
		expect(toMs).toBeGreaterThan(9_000);
		expect([tier, state]).toEqual(["K3", "live"]);
		expect(sender.orderTo(subject)).toBeUndefined();
	}, patience);
	const eventId = await sender.upload(other, "video/mp4");
	const { verdicts, cases } = system.parts.stores;
	const keys = [{ source: system.platform.source, eventId }];
	await eventually(async () => expect((await verdicts.findSettled(keys)).size).toBe(1), patience);
	expect(await cases.list({ search: eventId, limit: 1, offset: 0 })).toEqual([]);
}, 180_000);
