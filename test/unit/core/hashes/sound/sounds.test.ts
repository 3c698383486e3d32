// Which sounds have a fingerprint, and which of them are one: pieces at any offset, quieter, noisier, a little faster. What encoders do to them is for
// bench:robustness -- --sound.
import { describe, expect, test } from "@jest/globals";
import { hearEntries } from "../../../../../services/core/banks/hear-entries.ts";
import { partsOf } from "../../../../../services/core/hashes/hash-forms.ts";
import { blocksOfSound, type Sound, usableBlocks } from "../../../../../services/core/hashes/sound/sound.ts";
import { blockWords, isTelling } from "../../../../../services/core/hashes/sound/sound-blocks.ts";
import { createSoundHearer, soundRate, wordMs } from "../../../../../services/core/hashes/sound/sound-words.ts";
import { pdqsOf, readVideoFrames, writeVideoFrames } from "../../../../../services/core/hashes/vpdq/video-frames.ts";
import { createSoundIndex } from "../../../../../services/core/index/sound-index.ts";
import { madeSound, type SoundKind, soundKinds } from "../../../../support/sound/made-sounds.ts";

const once = new Map<string, Int16Array>();
function made(kind: SoundKind, seed: number, seconds = 20): Int16Array {
	const name = `${kind} ${seed} ${seconds}`;
	const sound = once.get(name) ?? madeSound(kind, { seed, seconds, rate: soundRate });
	once.set(name, sound);
	return sound;
}

const heardOnce = new Map<Int16Array, Sound>();
function heard(samples: Int16Array): Sound {
	const before = heardOnce.get(samples);
	if (before !== undefined) return before;
	const hearer = createSoundHearer();
	// As a decoder gives them: in pieces.
	for (let at = 0; at < samples.length; at += 1_000) hearer.hear(samples.subarray(at, at + 1_000));
	const sound = { tunings: hearer.words() };
	heardOnce.set(samples, sound);
	return sound;
}

function knownIn(samples: Int16Array, ...known: readonly Int16Array[]) {
	const index = createSoundIndex();
	for (const [entry, one] of known.entries()) {
		const blocks = pdqsOf(blocksOfSound(heard(one)));
		index.add(entry, blocks, (block) => isTelling(partsOf(blocks), block * blockWords));
	}
	return hearEntries(index, heard(samples));
}

const seconds = (count: number) => Math.round(count * soundRate);
const each = (samples: Int16Array, change: (sample: number, at: number) => number) =>
	Int16Array.from(samples, (sample, at) => Math.max(-32_768, Math.min(32_767, Math.round(change(sample, at)))));
/** Played so many times faster, as a tape is. */
const faster = (samples: Int16Array, factor: number) =>
	Int16Array.from({ length: Math.floor(samples.length / factor) }, (_, at) => {
		const [from, share] = [Math.floor(at * factor), (at * factor) % 1];
		return Math.round((samples[from] ?? 0) * (1 - share) + (samples[from + 1] ?? 0) * share);
	});
const tone = (hz: number) =>
	each(new Int16Array(seconds(20)), (_, at) => 8_000 * Math.sin((2 * Math.PI * hz * at) / soundRate));

describe.each(soundKinds)("%s", (kind) => {
	const sound = made(kind, 5);
	test.each([
		["a piece of ten seconds that begins anywhere", sound.subarray(seconds(4.321), seconds(14.321))],
		["ten times quieter", each(sound, (sample) => sample / 10)],
		["with noise under it", each(sound, (sample, at) => sample + ((at * 7_919) % 1_001) - 500)],
		["two and a half percent slower", faster(sound, 0.975)],
		["five percent faster", faster(sound, 1.05)],
	])("is found %s, and where it is", (_name, copy) => {
		const [found, ...others] = knownIn(copy, made(kind, 6), sound);
		expect(others).toEqual([]);
		expect(found?.entry).toBe(1);
		const [stretch] = found?.stretches ?? [];
		expect(((stretch?.item.to ?? 0) - (stretch?.item.from ?? 0)) * wordMs).toBeGreaterThan(7_000);
	});

	test("is not another of its sort", () => {
		expect(knownIn(sound, made(kind, 7), made(kind, 8), made(kind, 9))).toEqual([]);
	});
});

test("what is heard twice is found twice, as long as it lasts", () => {
	const known = made("music", 5, 10);
	const twice = new Int16Array(seconds(40));
	twice.set(known, seconds(5));
	twice.set(known, seconds(25));
	const [found] = knownIn(twice, known);
	const fromSeconds = (found?.stretches ?? []).map(({ item }) => (item.from * wordMs) / 1_000);
	expect(fromSeconds.map((from) => Math.round(from / 5) * 5)).toEqual([5, 25]);
});

describe("there is no fingerprint of", () => {
	const beat = made("noise", 1, 1);
	test.each<readonly [string, Int16Array]>([
		["silence", new Int16Array(seconds(20))],
		["what is next to silence", each(made("music", 1), (sample) => sample / 20_000)],
		["a tone", tone(440)],
		[
			"the hum of the mains",
			each(tone(100), (sample, at) => sample + 4_000 * Math.sin((2 * Math.PI * 50 * at) / soundRate)),
		],
		["a beat that repeats itself", each(new Int16Array(seconds(20)), (_, at) => beat[at % seconds(0.5)] ?? 0)],
		["three seconds", made("music", 1, 3)],
	])("%s", (_name, samples) => {
		expect(blocksOfSound(heard(samples))).toEqual([]);
	});
});

test("tones, hums and beats are no copies of each other", () => {
	const beat = (seed: number) => {
		const one = made("noise", seed, 1);
		return each(new Int16Array(seconds(20)), (_, at) => one[at % seconds(0.5)] ?? 0);
	};
	expect(knownIn(tone(440), tone(440), beat(1), beat(2))).toEqual([]);
	expect(knownIn(beat(1), tone(440), beat(1), beat(2))).toEqual([]);
});

test("a list has its blocks as it has frames of a video, and gives them back as they were", () => {
	const blocks = blocksOfSound(heard(made("speech", 5)));
	const read = readVideoFrames(writeVideoFrames(blocks)) ?? [];
	expect(pdqsOf(usableBlocks(read))).toEqual(pdqsOf(blocks));
	expect(usableBlocks(blocks.slice(0, 9))).toEqual([]);
});
