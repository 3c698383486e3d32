// Which attacked copies of videos are still found by their frames (vPDQ), as they are and by all that we look up. The clips are generated:
// pictures that drift, three seconds each.
import { createVideoExaminer, listedStillEveryMs } from "../../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import type { BankSettings, PictureHashes } from "../../../services/core/banks/bank.ts";
import { newBankDefaults, newBankTrust, usualVideoShares } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { hashOfFrames } from "../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { framesOfVideo } from "../../../services/core/items/picture/frames-of-video.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { openClips, secondsEach } from "../../support/video/clips.ts";
import { type Figure, report } from "../report.ts";

const videos = 8;
const scenes = 5;
const drift = `fps=10,crop=iw*0.8:ih*0.8:x='(iw-ow)*mod(t\\,${secondsEach})/${secondsEach}':y='(ih-oh)/2'`;
const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];

/** As the watermark of pictures (attacks.ts), eleven letters a ninth of the height: the packed FFmpeg has no fonts, so that each is two strokes and a bar. */
const letters = Array.from({ length: 11 }, (_, at) => {
	const box = (left: number, width: number, top: number, height: number) =>
		`drawbox=x=iw*${(0.26 + at * 0.044 + left).toFixed(3)}:y=ih*${top}:w=iw*${width}:h=ih*${height}:color=white@0.6:t=fill`;
	return [box(0, 0.008, 0.46, 0.08), box(0.022, 0.008, 0.46, 0.08), box(0.008, 0.014, 0.49, 0.015)].join(",");
}).join(",");

/** FFmpeg's filters and encoder. */
const attacks: Readonly<
	Record<string, { readonly filter?: string; readonly to?: readonly string[]; readonly atLeast: number }>
> = {
	"encoded anew, H.264 at CRF 38": { to: [...h264, "-crf", "38"], atLeast: 100 },
	"encoded anew, VP8 at 150 kbit/s": { to: ["-c:v", "libvpx", "-deadline", "realtime", "-b:v", "150k"], atLeast: 100 },
	"half as large": { filter: "scale=iw/2:ih/2", atLeast: 95 },
	"cut to the 8 s from 3.5 s on": { filter: "trim=3.5:11.5,setpts=PTS-STARTPTS", atLeast: 95 },
	mirrored: { filter: "hflip", atLeast: 95 },
	"letter box, a fifth above and below": { filter: "pad=iw:ih*1.4:0:ih*0.2", atLeast: 90 },
	"5 % faster": { filter: "setpts=PTS/1.05", atLeast: 95 },
	"a mark over a twentieth of it": {
		filter: "drawbox=x=iw*0.72:y=ih*0.06:w=iw*0.24:h=ih*0.2:color=white@0.8:t=fill",
		atLeast: 90,
	},
	"letters across its middle": { filter: letters, atLeast: 90 },
	"mirrored, letter box, 5 % faster": { filter: "hflip,pad=iw:ih*1.4:0:ih*0.2,setpts=PTS/1.05", atLeast: 90 },
};

/** Answers the exit code. */
export async function reportVideos(isJson: boolean): Promise<number> {
	const limits = { maxPixels: 100_000_000, maxFrames: 1, timeoutMs: 60_000 };
	const pictures = createImageExaminer({
		workers: 1,
		modelSize: 224,
		logger: silentLogger,
		limits: { ...limits, maxBytes: 1e8 },
	});
	const video = { workers: 1, modelSize: 224, limits, logger: silentLogger };
	await using examiner = createVideoExaminer(video, pictures);
	await using lister = createVideoExaminer({ ...video, stillEveryMs: listedStillEveryMs }, pictures);
	const stillsOf = async (bytes: Uint8Array, by = examiner) => {
		const { hashes, frames } = await by.examine(bytes, new AbortController().signal);
		return [hashes.pdq, ...frames].flatMap((one) => one ?? []);
	};
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	const bank = { ...settings, id: bankId.parse(uuidv7(Date.now())) };
	matcher.apply({ sequence: 0, kind: "bank", bank });
	const entries: string[] = [];
	const copies: { readonly name: string; readonly video: number; readonly stills: readonly PictureHashes[] }[] = [];
	for (let video = 0; video < 2 * videos; video += 1) {
		const isKnown = video < videos;
		await using clips = await openClips(Array.from({ length: scenes }, (_, at) => 1_000 + video * scenes + at));
		const by = isKnown ? lister : examiner;
		const original = await stillsOf(await clips.make("original.mp4", ["-vf", drift, ...h264]), by);
		if (!isKnown) {
			copies.push({ name: "others", video, stills: original });
			continue;
		}
		const frames = framesOfVideo(original);
		const id = entryId.parse(uuidv7(Date.now()));
		entries.push(id);
		const said = { quality: null, opinions: [{ source: "a", kind: "positive" }], isQuarantined: false } as const;
		const named = { hash: hashOfFrames(frames), framePdqs: pdqsOf(frames) };
		matcher.apply({ sequence: 0, kind: "entry", entry: { ...said, ...named, id, bankId: bank.id, hashType: "vpdq" } });
		for (const [name, { filter, to = h264 }] of Object.entries(attacks)) {
			const vf = filter === undefined ? drift : `${drift},${filter},scale=trunc(iw/2)*2:trunc(ih/2)*2`;
			copies.push({ name, video, stills: await stillsOf(await clips.make("copy.mkv", ["-vf", vf, ...to])) });
		}
	}
	const found = copies.map(({ name, video, stills }) => ({
		...{ name, video, all: entriesIn(stills), alone: entriesIn(stills.map(asItIs)) },
	}));
	function entriesIn([first, ...others]: readonly PictureHashes[]): readonly number[] {
		const hashes = { ...exactHashes(new Uint8Array(1)), pdq: first ?? null };
		return matcher.match(hashes, others).map(({ entryId: id }) => entries.indexOf(id));
	}
	const others = found.filter(({ name }) => name === "others").length;
	const falseOnes = (key: "all" | "alone") =>
		found.reduce((sum, one) => sum + one[key].filter((entry) => entry !== one.video).length, 0);
	const figures = Object.entries(attacks).map(([name, { atLeast }]): Figure => {
		const ofAttack = found.filter((one) => one.name === name);
		const share = (key: "all" | "alone") =>
			(100 * ofAttack.filter((one) => one[key].includes(one.video)).length) / ofAttack.length;
		const peer = { name: "frames as they are", value: share("alone") };
		return { name, value: share("all"), unit: "%", peer, aim: { atLeast, of: "value" } };
	});
	figures.push({
		name: `false matches of ${found.length - others} copies and ${others} others among ${videos} known videos`,
		...{ value: falseOnes("all"), unit: "", peer: { name: "frames as they are", value: falseOnes("alone") } },
		aim: { atMost: 0, of: "value" },
	});
	return report(`robustness: copies of ${videos} generated videos found by their frames`, figures, isJson);
}

function asItIs({ reframed: _reframed, ...still }: PictureHashes): PictureHashes {
	return { ...still, dihedral: [still.hash] };
}

const settings: Omit<BankSettings, "id"> = {
	...{ name: "known", kind: "known", category: "test", owner: null, expiresAt: null },
	...{ ...newBankDefaults, ...newBankTrust, videoShares: usualVideoShares },
};
