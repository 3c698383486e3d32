// Sounds that nobody made: music of chords, a tune and drums, speech of a voice without words, and noise that swells. Each seed is another one.
import { randomFrom } from "../random-from.ts";

export const soundKinds = ["music", "speech", "noise"] as const;
export type SoundKind = (typeof soundKinds)[number];

type Random = () => number;

/** Samples of one channel, 16 bits. */
export function madeSound(kind: SoundKind, { seed, seconds, rate }: MadeOf): Int16Array {
	const samples = new Float64Array(Math.round(seconds * rate));
	const random = randomFrom(seed * soundKinds.length + soundKinds.indexOf(kind));
	makers[kind](samples, rate, random);
	const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9);
	return Int16Array.from(samples, (one) => Math.round((one / loudest) * 20_000));
}

interface MadeOf {
	readonly seed: number;
	readonly seconds: number;
	readonly rate: number;
}

const makers: Readonly<Record<SoundKind, (samples: Float64Array, rate: number, random: Random) => void>> = {
	music(samples, rate, random) {
		const beat = Math.round((60 / between(random, 80, 160)) * rate);
		const root = between(random, 110, 220);
		const scale = random() < 0.5 ? [0, 2, 4, 5, 7, 9, 11] : [0, 2, 3, 5, 7, 8, 10];
		const pitch = (step: number) => root * 2 ** (((scale[step % 7] ?? 0) + 12 * Math.floor(step / 7)) / 12);
		const brightness = between(random, 0.3, 0.9);
		for (let at = 0; at < samples.length; at += 4 * beat) {
			const chord = Math.floor(random() * 7);
			for (const step of [0, 2, 4])
				addNote(samples, { at, length: 4 * beat, hz: pitch(chord + step), rate, loudness: 0.25, brightness });
		}
		for (let at = 0, step = 10; at < samples.length; ) {
			const length = Math.round(beat * (choose(random, [0.5, 0.5, 1, 1, 1.5, 2]) ?? 1));
			step = Math.max(7, Math.min(21, step + Math.round(between(random, -3, 3))));
			if (random() < 0.85) addNote(samples, { at, length, hz: pitch(step), rate, loudness: 0.5, brightness });
			at += length;
		}
		for (let at = 0; at < samples.length; at += Math.round(beat / 2))
			if (random() < 0.7) addBurst(samples, { at, length: Math.round(rate * between(random, 0.03, 0.15)) }, random);
	},
	speech(samples, rate, random) {
		const voice = between(random, 90, 240);
		const formants = [resonator(rate), resonator(rate), resonator(rate)];
		let phase = 0;
		for (let at = 0; at < samples.length; ) {
			const length = Math.round(rate * between(random, 0.06, 0.25));
			const sort = random();
			const targets = [between(random, 300, 850), between(random, 900, 2_300), between(random, 2_300, 3_300)];
			const hz = voice * between(random, 0.8, 1.3);
			for (let end = Math.min(samples.length, at + length); at < end; at += 1) {
				phase += hz / rate;
				const pulse = phase >= 1 ? 1 : 0;
				phase -= pulse;
				const source = sort < 0.15 ? 0 : sort < 0.3 ? (random() - 0.5) * 0.3 : pulse;
				samples[at] = formants.reduce((sum, one, which) => sum + one(source, targets[which] ?? 500), 0);
			}
		}
	},
	noise(samples, rate, random) {
		const filter = resonator(rate);
		let [target, level, hz] = [0.5, 0.5, 800];
		for (let at = 0; at < samples.length; at += 1) {
			if (random() < 3 / rate) target = random();
			if (random() < 2 / rate) hz = between(random, 300, 2_500);
			level += (target - level) * (8 / rate);
			samples[at] = level * ((random() - 0.5) * 0.4 + filter((random() - 0.5) * 0.5, hz));
		}
	},
};

interface Note {
	readonly at: number;
	readonly length: number;
	readonly hz: number;
	readonly rate: number;
	readonly loudness: number;
	readonly brightness: number;
}

function addNote(samples: Float64Array, { at, length, hz, rate, loudness, brightness }: Note): void {
	for (let partial = 1; partial <= 8 && partial * hz < rate / 2; partial += 1) {
		const turn = (2 * Math.PI * partial * hz) / rate;
		const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
		let [x, y, loud] = [1, 0, loudness * brightness ** (partial - 1)];
		const decay = Math.exp((-1.5 * partial ** 0.5) / rate);
		for (let sample = at; sample < Math.min(samples.length, at + length); sample += 1) {
			[x, y] = [x * cosine - y * sine, x * sine + y * cosine];
			loud *= decay;
			samples[sample] = (samples[sample] ?? 0) + y * loud;
		}
	}
}

function addBurst(
	samples: Float64Array,
	{ at, length }: { readonly at: number; readonly length: number },
	random: Random,
) {
	for (let sample = at; sample < Math.min(samples.length, at + length); sample += 1)
		samples[sample] = (samples[sample] ?? 0) + (random() - 0.5) * 0.6 * (1 - (sample - at) / length);
}

/** Two poles, about a sixth as wide as they are high. */
function resonator(rate: number): (sample: number, hz: number) => number {
	let [one, two] = [0, 0];
	return (sample, hz) => {
		const radius = Math.exp((-Math.PI * (hz / 6)) / rate);
		const next = sample * (1 - radius) + 2 * radius * Math.cos((2 * Math.PI * hz) / rate) * one - radius * radius * two;
		[two, one] = [one, next];
		return next;
	};
}

function between(random: Random, least: number, most: number): number {
	return least + random() * (most - least);
}

function choose<T>(random: Random, from: readonly T[]): T | undefined {
	return from[Math.floor(random() * from.length)];
}

/** Samples a second of what is made to be encoded: four times those that are heard. */
export const madeRate = 22_050;

/** What is heard of what was made at {@link madeRate}, before anybody encodes it. */
export function asHeard(made: Int16Array): Int16Array {
	return Int16Array.from({ length: Math.floor(made.length / 4) }, (_, at) =>
		Math.round(made.subarray(at * 4, at * 4 + 4).reduce((sum, sample) => sum + sample, 0) / 4),
	);
}

/** A file of them (RIFF). */
export function wavOf(samples: Int16Array, rate = madeRate): Buffer {
	const head = Buffer.alloc(44);
	head.write("RIFF", 0, "latin1");
	head.writeUInt32LE(36 + samples.length * 2, 4);
	head.write("WAVEfmt ", 8, "latin1");
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(rate, 24);
	head.writeUInt32LE(rate * 2, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write("data", 36, "latin1");
	head.writeUInt32LE(samples.length * 2, 40);
	return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
