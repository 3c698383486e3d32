// Which attacked copies of sounds are still found by what is heard of them, with all tunings and as they sound, and how often another is. The sounds are
// generated: music, voices without words, and noise that swells.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSound } from "../../../services/adapters/ffmpeg/read-sound.ts";
import type { BankSettings } from "../../../services/core/banks/bank.ts";
import { newBankDefaults, newBankTrust, usualVideoShares } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { blocksOfSound, type Sound } from "../../../services/core/hashes/sound/sound.ts";
import { createSoundHearer, soundRate } from "../../../services/core/hashes/sound/sound-words.ts";
import { hashOfFrames } from "../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { madeRate, madeSound, soundKinds, wavOf } from "../../support/sound/made-sounds.ts";
import { type Clips, openClips } from "../../support/video/clips.ts";
import { type Figure, report } from "../report.ts";

const ofEachKind = 4;
const seconds = 30;
/** Others that nobody knows, and that are known besides: of each kind, a minute each. */
const strangers = 100;
const patienceMs = 600_000;
const aac = ["-c:a", "aac", "-b:a", "64k"];
const piece = "atrim=7.317:17.317,asetpts=PTS-STARTPTS";

/** What is done to a piece of ten seconds: FFmpeg's filters and encoder. */
const attacks: Readonly<
	Record<string, { readonly filter?: string; readonly to?: readonly string[]; readonly atLeast: number | null }>
> = {
	"10 s, AAC at 64 kbit/s": { atLeast: 95 },
	"10 s, MP3 at 64 kbit/s": { to: ["-c:a", "libmp3lame", "-b:a", "64k"], atLeast: 95 },
	"10 s, MP3 at 32 kbit/s": { to: ["-c:a", "libmp3lame", "-b:a", "32k"], atLeast: 90 },
	"10 s, Opus at 24 kbit/s": { to: ["-ar", "48000", "-c:a", "libopus", "-b:a", "24k"], atLeast: 90 },
	"10 s, Opus at 12 kbit/s": { to: ["-ar", "48000", "-c:a", "libopus", "-b:a", "12k"], atLeast: 40 },
	"10 s, 20 dB quieter": { filter: "volume=-20dB", atLeast: 95 },
	"10 s, 12 dB louder, clipped": { filter: "volume=12dB", atLeast: 80 },
	"10 s, as a telephone has it": { filter: "highpass=f=300,lowpass=f=3400,aresample=8000", atLeast: 95 },
	"10 s, bass up and treble down": { filter: "bass=g=8,treble=g=-6", atLeast: 90 },
	"10 s, an echo": { filter: "aecho=0.8:0.7:60:0.4", atLeast: 80 },
	"10 s, compressed eightfold": { filter: "acompressor=threshold=0.05:ratio=8:makeup=4", atLeast: 90 },
	"10 s, noise 20 dB below": { filter: noise(0.06), atLeast: 90 },
	"10 s, noise 10 dB below": { filter: noise(0.2), atLeast: 50 },
	"10 s, 5 % faster and higher": { filter: "asetrate=23152,aresample=22050", atLeast: 90 },
	"10 s, 2 % slower and lower": { filter: "asetrate=21609,aresample=22050", atLeast: 85 },
	"10 s, 5 % faster, as high": { filter: "atempo=1.05", atLeast: 90 },
	"10 s, a semitone higher, as fast": { filter: "asetrate=23361,aresample=22050,atempo=0.94387", atLeast: 80 },
	"10 s, 10 % faster and higher": { filter: "asetrate=24255,aresample=22050", atLeast: null },
	"3 s": { filter: "atrim=2:5,asetpts=PTS-STARTPTS", atLeast: null },
};

const names = Object.keys(attacks);

/** All copies of a sound, in the attacks' order, by one run of FFmpeg. */
async function attackedAll(clips: Clips, wav: Buffer): Promise<readonly Buffer[]> {
	const files = names.map((_, at) => `copy-${at}.mkv`);
	const args = Object.values(attacks).flatMap(({ filter, to = aac }, at) => {
		const filters = filter === undefined ? piece : `${piece},${filter}`;
		// In whole numbers and as one channel by its name: of what is louder than can be, or of a channel without one, the encoder makes nothing.
		return [
			"-map",
			"1:a",
			"-af",
			`${filters},aformat=sample_fmts=s16:channel_layouts=mono`,
			...to,
			...(at < files.length - 1 ? [files[at] ?? ""] : []),
		];
	});
	await clips.makeHeard(files.join(","), wav, args);
	return Promise.all(files.map((file) => readFile(join(clips.folder, file))));
}

function noise(amplitude: number): string {
	return `aeval=val(0)+${amplitude}*(random(0)-0.5)`;
}

/** Answers the exit code. */
export async function reportSounds(isJson: boolean): Promise<number> {
	await using clips = await openClips([1]);
	const heardIn = async (bytes: Uint8Array): Promise<Sound> =>
		(await readSound(bytes, { program: null, deadline: performance.now() + patienceMs })).sound ?? { tunings: [] };
	const known = createKnown();
	const copies: { readonly name: string; readonly of: number; readonly sound: Sound }[] = [];
	let of = 0;
	for (const kind of soundKinds)
		for (let seed = 0; seed < ofEachKind; seed += 1) {
			const wav = wavOf(madeSound(kind, { seed, seconds, rate: madeRate }));
			known.add(of, await heardIn(await clips.makeHeard("original.wav", wav, ["-vn", "-c:a", "pcm_s16le"])));
			for (const [at, copy] of (await attackedAll(clips, wav)).entries())
				copies.push({ name: names[at] ?? "", of, sound: await heardIn(copy) });
			of += 1;
		}
	const cost = await costOf(
		await clips.makeHeard("cost.m4a", wavOf(madeSound("music", { seed: 9, seconds: 120, rate: madeRate })), [
			"-vn",
			...aac,
		]),
	);
	const found = copies.map((copy) => ({ ...copy, all: known.in(copy.sound), alone: known.in(asItSounds(copy.sound)) }));
	const wrong = found.reduce((sum, one) => sum + one.all.filter((entry) => entry !== one.of).length, 0);
	const figures = Object.entries(attacks).map(([name, { atLeast }]): Figure => {
		const ofAttack = found.filter((one) => one.name === name);
		const share = (key: "all" | "alone") =>
			(100 * ofAttack.filter((one) => one[key].includes(one.of)).length) / ofAttack.length;
		const peer = { name: "as it sounds", value: share("alone") };
		return { name, value: share("all"), unit: "%", peer, aim: atLeast === null ? null : { atLeast, of: "value" } };
	});
	figures.push(
		{ name: "of these copies, found as another", value: wrong, unit: "", aim: { atMost: 0, of: "value" } },
		...falseOnes(),
		{ name: "a minute of AAC, decoded and heard", value: cost, unit: "processor s", aim: { atMost: 3, of: "value" } },
	);
	return report(`robustness: copies of ${of} generated sounds found by what is heard`, figures, isJson);
}

function createKnown() {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	const bank = { ...settings, id: bankId.parse(uuidv7(Date.now())) };
	matcher.apply({ sequence: 0, kind: "bank", bank });
	const entries = new Map<string, number>();
	return {
		add(number: number, sound: Sound) {
			const frames = blocksOfSound(sound);
			const id = entryId.parse(uuidv7(Date.now()));
			entries.set(id, number);
			const said = { quality: null, opinions: [{ source: "a", kind: "positive" }], isQuarantined: false } as const;
			const named = { hash: hashOfFrames(frames), framePdqs: pdqsOf(frames) };
			const entry = { ...said, ...named, id, bankId: bank.id, hashType: "audio-fingerprint" } as const;
			matcher.apply({ sequence: 0, kind: "entry", entry });
			return frames.length;
		},
		in: (sound: Sound) =>
			matcher
				.match({ ...exactHashes(new Uint8Array(1)), pdq: null, sound })
				.flatMap((match) => entries.get(match.entryId) ?? []),
	};
}

/** Sounds of a minute that have nothing to do with each other, half of them known. */
function falseOnes(): readonly Figure[] {
	const known = createKnown();
	let blocks = 0;
	let words = 0;
	let matches = 0;
	let lookUpMs = 0;
	const each = (seed: number) =>
		soundKinds.map((kind) => heard(madeSound(kind, { seed, seconds: 60, rate: soundRate })));
	for (let seed = 1_000; seed < 1_000 + strangers; seed += 1)
		for (const sound of each(seed)) blocks += known.add(seed, sound);
	for (let seed = 2_000; seed < 2_000 + strangers; seed += 1)
		for (const sound of each(seed)) {
			words += sound.tunings.reduce((sum, one) => sum + one.length, 0);
			const before = process.cpuUsage();
			matches += known.in(sound).length;
			lookUpMs += process.cpuUsage(before).user / 1_000;
		}
	const minutes = soundKinds.length * strangers;
	const among = `${minutes} min of sound (${words} blocks) among ${minutes} known min (${blocks} blocks)`;
	return [
		{ name: `false matches of ${among}`, value: matches, unit: "", aim: { atMost: 0, of: "value" } },
		{
			name: "a minute, looked up among these",
			value: lookUpMs / minutes / 1_000,
			unit: "processor s",
			aim: { atMost: 1, of: "value" },
		},
	];
}

function heard(samples: Int16Array): Sound {
	const hearer = createSoundHearer();
	hearer.hear(samples);
	return { tunings: hearer.words() };
}

function asItSounds({ tunings }: Sound): Sound {
	return { tunings: tunings.slice(0, 1) };
}

/** Processor seconds for a minute of two. */
async function costOf(file: Uint8Array): Promise<number> {
	const limits = { program: null, deadline: performance.now() + patienceMs };
	await readSound(file, limits);
	const before = process.cpuUsage();
	await readSound(file, limits);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6 / 2;
}

const settings: Omit<BankSettings, "id"> = {
	...{ name: "known", kind: "known", category: "test", owner: null, expiresAt: null },
	...{ ...newBankDefaults, ...newBankTrust, videoShares: usualVideoShares },
};
