// What is heard of files in the containers and codecs that platforms send: each has the fingerprint of what it was made of. Nobody listens unless somebody asks.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createVideoExaminer } from "../../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { hearEntries } from "../../../services/core/banks/hear-entries.ts";
import { blocksOfSound, type Sound } from "../../../services/core/hashes/sound/sound.ts";
import { createSoundHearer } from "../../../services/core/hashes/sound/sound-words.ts";
import { pdqsOf } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { createSoundIndex } from "../../../services/core/index/sound-index.ts";
import type { ImageExaminer } from "../../../services/core/ports/image-examiner.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { asHeard, madeRate, madeSound, wavOf } from "../../support/sound/made-sounds.ts";
import { type Clips, openClips } from "../../support/video/clips.ts";

const song = madeSound("music", { seed: 1, seconds: 12, rate: madeRate });
const wav = wavOf(song);
const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];
const limits = { maxPixels: 100_000_000, maxFrames: 1, timeoutMs: 60_000 };
const index = createSoundIndex();

let clips: Clips;
let examiner: ImageExaminer;
beforeAll(async () => {
	clips = await openClips([91, 92, 93, 94]);
	const pictures = createImageExaminer({
		...{ workers: 1, modelSize: null, logger: silentLogger },
		limits: { ...limits, maxBytes: 1e8 },
	});
	examiner = createVideoExaminer({ workers: 1, modelSize: null, limits, logger: silentLogger }, pictures);
	const hearer = createSoundHearer();
	hearer.hear(asHeard(song));
	index.add(1, pdqsOf(blocksOfSound({ tunings: hearer.words() })), () => true);
}, 60_000);
afterAll(async () => {
	await examiner[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

const examine = (bytes: Uint8Array, wantsSound = true) =>
	examiner.examine(bytes, new AbortController().signal, { wantsSound });
const isKnown = (sound: Sound | undefined) => sound !== undefined && hearEntries(index, sound).length === 1;

describe("the sound of a video is heard", () => {
	test.each([
		["aac.mp4", [...h264, "-c:a", "aac", "-b:a", "64k"]],
		["mp3.mkv", [...h264, "-c:a", "libmp3lame", "-b:a", "64k"]],
		["opus.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k"]],
		["vorbis.mkv", [...h264, "-c:a", "libvorbis"]],
		["ac3.mkv", [...h264, "-ac", "2", "-c:a", "ac3"]],
		["flac.mkv", [...h264, "-c:a", "flac"]],
		["pcm.avi", ["-c:v", "mpeg4", "-c:a", "pcm_s16le"]],
	])(
		"%s",
		async (name, args) => {
			const { kind, hashes, soundFault } = await examine(await clips.makeHeard(name, wav, args));
			expect([kind, isKnown(hashes.sound), soundFault]).toEqual(["examined", true, undefined]);
		},
		60_000,
	);
});

describe("a file of sound is heard, and stays what nobody has listened to", () => {
	test.each([
		["a.wav", ["-c:a", "pcm_s16le"]],
		["a.mp3", ["-c:a", "libmp3lame", "-b:a", "64k"]],
		["a.ogg", ["-c:a", "libvorbis"]],
		["a.flac", ["-c:a", "flac"]],
		["a.m4a", ["-c:a", "aac", "-b:a", "64k"]],
	])(
		"%s",
		async (name, args) => {
			const { kind, hashes } = await examine(await clips.makeHeard(name, wav, ["-vn", ...args]));
			expect([kind, isKnown(hashes.sound)]).toEqual(["unavailable", true]);
		},
		60_000,
	);
});

test("nobody listens unless somebody asks, and what has no sound has nothing to be heard", async () => {
	const heard = await clips.makeHeard("unasked.mp4", wav, [...h264, "-c:a", "aac"]);
	expect((await examine(heard, false)).hashes.sound).toBeUndefined();
	const mute = await examine(await clips.make("mute.mp4", h264));
	expect([mute.hashes.sound, mute.soundFault]).toEqual([undefined, undefined]);
}, 60_000);

test("of several tracks one is heard, and people are told that it is not all", async () => {
	const two = ["-map", "0:v", "-map", "1:a", "-map", "1:a", ...h264, "-c:a", "aac"];
	const { hashes, soundFault } = await examine(await clips.makeHeard("two.mkv", wav, two));
	expect([isKnown(hashes.sound), soundFault]).toEqual([true, "sound-not-heard"]);
}, 60_000);
