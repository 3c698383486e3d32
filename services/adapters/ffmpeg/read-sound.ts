// What is heard of a file: its first track of sound, as one channel at the rate that fingerprints are made of. The samples are heard as they come, and
// none are kept.
import { createSoundHearer, soundRate } from "../../core/hashes/sound/sound-words.ts";
import type { Heard } from "../../core/items/picture/with-sound.ts";
import { inputPath, outputPath, type VideoSource } from "./ffmpeg.ts";
import { openFfmpeg } from "./open-ffmpeg.ts";

interface HearLimits {
	/** The path of a system's FFmpeg; null for the one that comes with npm. */
	readonly program: string | null;
	/** When to give up, on `performance.now()`'s clock. */
	readonly deadline: number;
}

/** For the sound there is so much more of the time that there is for the stills. */
export const soundShare = 0.5;

const output = ["-map", "0:a:0", "-ac", "1", "-ar", String(soundRate), "-f", "s16le", outputPath];

export async function readSound(source: VideoSource, { program, deadline }: HearLimits): Promise<Heard> {
	const hearer = createSoundHearer();
	const tracks = new Set<string>();
	let isInput = false;
	await using ffmpeg = await openFfmpeg(program, source, {
		onOutput: wholeSamples((samples) => {
			hearer.hear(samples);
			return performance.now() < deadline;
		}),
		onLine(line) {
			if (/\b(?:Input|Output) #\d/.test(line)) isInput = line.includes("Input #");
			const track = /Stream #(\d+:\d+).*? Audio: /.exec(line)?.[1];
			if (isInput && track !== undefined) tracks.add(track);
		},
	});
	const input = ["-nostdin", "-y", "-loglevel", "level+info", "-vn", "-sn", "-dn", "-i", inputPath];
	// What breaks it says nothing of the pictures: they are known by now.
	const isThrough = await ffmpeg
		.run([...input, ...output], Math.max(1, deadline - performance.now()))
		.catch(() => false);
	if (tracks.size === 0) return {};
	const tunings = hearer.words();
	const isAll = isThrough && performance.now() < deadline && tracks.size === 1;
	return { sound: { tunings }, ...(!isAll && { soundFault: "sound-not-heard" }) };
}

const sampleBytes = 2;

/** Samples of 16 bits, whatever pieces they come in. */
function wholeSamples(take: (samples: Int16Array) => boolean): (chunk: Uint8Array) => boolean {
	let rest = Buffer.alloc(0);
	return (chunk) => {
		const bytes = Buffer.concat([rest, chunk]);
		const whole = bytes.length - (bytes.length % sampleBytes);
		rest = bytes.subarray(whole);
		const samples = new Int16Array(whole / sampleBytes);
		for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(at * sampleBytes);
		return take(samples);
	};
}
