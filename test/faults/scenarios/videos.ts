// Videos that break their decoder, never end, or hold ten thousand tracks: each comes before people, and known videos and pictures are withheld
// meanwhile.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { type Clips, openClips } from "../../support/video/clips.ts";
import { withTracks } from "../../support/video/with-tracks.ts";
import type { NewItem } from "../drive-feed.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];

/** One picture that stands still for a minute at a size that takes a while, again and again; nobody has looked at all of it in time. */
async function endless(clips: Clips): Promise<Buffer> {
	const large = ["-vf", "scale=1920:1080,tpad=stop_mode=clone:stop_duration=51", "-r", "5", "-g", "9999"];
	const minute = await clips.make("minute.ts", [...large, ...h264]);
	return Buffer.concat(Array.from({ length: Math.floor(20_000_000 / minute.length) }, () => minute));
}

async function inflict({ feed, plantings, servers, isFull }: FaultContext): Promise<number> {
	const [known = new Uint8Array()] = plantings.knownPictures;
	await using ordinary = await openClips([21, 22, 23]);
	await using planted = await openClips([1, 1]);
	const [ofKnown, short] = [await planted.make("known.mp4", h264), await ordinary.make("short.mp4", h264)];
	const bombs = [await endless(ordinary), withTracks(short, 10_000)];
	const marked = (video: Uint8Array, way: string) => Buffer.concat([video, Buffer.from(`breakwater-${way}`)]);
	const send = (bytes: Uint8Array, expected: NewItem["expected"]) => feed.send({ kind: "picture", expected, bytes });
	const times = isFull ? 10 : 2;
	for (let round = 0; round < times; round += 1) {
		// Bytes that are new each time: nothing is known of them.
		const other = (video: Uint8Array) => Buffer.concat([video, Buffer.from(`${round}`)]);
		for (const bomb of bombs) send(other(bomb), "people");
		send(marked(other(short), "SIGSEGV"), "people");
		send(marked(other(short), "hang"), "people");
		// Its first decoder dies, as if somebody had ended it; the next one recognizes the copy.
		send(marked(ofKnown, `once:${join(servers.folder, `video-${Date.now()}-${round}`)};`), "withheld");
		send(known, "withheld");
		await wait(1_500);
	}
	return times * (bombs.length + 3);
}

export const videos: readonly Scenario[] = [
	{
		name: "video-bombs",
		fault: "Videos: SIGSEGV, a loop without end, one that never ends, one of 10 000 tracks",
		profile: "cluster",
		conditions: async () => ({
			env: {},
			entries: { detector: fromPackageRoot("dist", "test", "faults", "detector-with-breaking-decoder.js") },
			[Symbol.asyncDispose]: async () => undefined,
		}),
		inflict,
	},
];
