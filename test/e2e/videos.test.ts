// Videos through intake, stream, detector, record and takedown on the embedded profile: a picture of a bank is found in them, and what that
// comes to depends on how long it is shown. Which formats are read is integration/ffmpeg's to show.
import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import sharp from "sharp";
import { hashRaster } from "../../services/core/hashes/pdq/hash-raster.ts";
import { hashOfFrames } from "../../services/core/hashes/vpdq/hash-of-frames.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { shownMsOf } from "../../services/core/items/segments.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { stillKey } from "../../services/core/wire/media-key.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { type Clips, openClips, secondsEach } from "../support/video/clips.ts";

const patience = { withinMs: 60_000 };
const h264 = ["-c:v", "libx264", "-preset", "ultrafast"];

let clips: Clips;
let system: TestSystem;
let sender: ReturnType<typeof senderOf>;
beforeAll(async () => {
	clips = await openClips([31, 32, 33]);
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	sender = senderOf(system);
	const [, second = Buffer.alloc(0)] = clips.pictures;
	const { hash, quality } = await hashed(second);
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "pdq", hash, quality, externalId: null, note: null, opinion } as const;
	await system.parts.stores.banks.addEntries(await system.createBank(), [entry], "test");
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

async function hashed(picture: Uint8Array): Promise<{ readonly hash: Uint8Array; readonly quality: number }> {
	const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const { hash, quality } = hashRaster({ rgb: new Uint8Array(data), width: info.width, height: info.height });
	return { hash, quality };
}

test("a known picture withholds a video that shows it for three seconds, and asks people of one that shows it for less", async () => {
	const [, known = Buffer.alloc(0)] = clips.pictures;
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const picture = await sender.upload(known, "video/mp4");
		await eventually(() => expect(sender.orderTo(picture)).toMatchObject({ action: "withhold" }), { withinMs: 2_000 });
	}, patience);

	// Each picture for six seconds, and each for one.
	const long = await sender.upload(await clips.make("long.mp4", ["-vf", "fps=10,setpts=PTS*2", ...h264]), "video/mp4");
	const brief = await sender.upload(
		await clips.make("brief.mp4", ["-vf", "fps=10,setpts=PTS/3", ...h264]),
		"video/mp4",
	);
	const items = await eventually(() => Promise.all([long, brief].map(sender.itemOf)), patience);
	const [longMs = 0, briefMs = 0] = items.map(({ signals }) => shownMsOf(matchesOf(signals)[0]?.shown ?? []));
	expect(Math.abs(longMs - 6_000)).toBeLessThanOrEqual(1_000);
	expect(Math.abs(briefMs - 1_000)).toBeLessThanOrEqual(900);
	await eventually(
		() => expect(sender.orderTo(long)).toMatchObject({ action: "withhold", reason: { tier: "K2" } }),
		patience,
	);
	expect(items.map(({ tier, state }) => [tier, state])).toEqual([
		["K2", "withheld"],
		["K3", "live"],
	]);
	expect(sender.orderTo(brief)).toBeUndefined();

	// What people will look at: where it was found first, then the whole.
	await eventually(async () => {
		for (const { mediaKey, video } of items) {
			const stillsMs = video?.stillsMs ?? [];
			expect(stillsMs.length).toBeGreaterThanOrEqual(5);
			for (const atMs of stillsMs)
				expect(await system.parts.mediaStore().get(stillKey(mediaKey ?? "", atMs), 1_000_000)).not.toBeNull();
		}
	}, patience);
	const [inLong] = items.map(({ signals }) => matchesOf(signals)[0]?.shown?.[0]?.fromMs);
	expect(items[0]?.video?.stillsMs[0]).toBe(inLong);
}, 180_000);

test("a copy of a known video, encoded anew and mirrored, is withheld by its frames", async () => {
	await using known = await openClips([41, 42, 43]);
	const frames = await Promise.all(
		known.pictures.map(async (picture, at) => ({ ...(await hashed(picture)), atMs: at * secondsEach * 1_000 })),
	);
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "vpdq", hash: hashOfFrames(frames), frames, quality: null, opinion } as const;
	const bank = await system.createBank({ name: "videos" });
	await system.parts.stores.banks.addEntries(bank, [{ ...entry, externalId: null, note: null }], "test");
	const copy = await known.make("copy.mp4", ["-vf", "hflip,scale=240:180", "-crf", "30", ...h264]);
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const subject = await sender.upload(copy, "video/mp4");
		const { signals } = await eventually(() => sender.itemOf(subject), { withinMs: 10_000 });
		expect(matchesOf(signals)).toMatchObject([
			{ hashType: "vpdq", transform: "flipY", frames: { ofItem: 1, ofEntry: 1 } },
		]);
		await eventually(
			() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold", reason: { tier: "K2" } }),
			patience,
		);
	}, patience);
}, 180_000);

test("a video that is too large to be held in memory is withheld, kept and shown like any other", async () => {
	await using small = await startTestSystem({
		roles: ["intake", "detector", "takedown"],
		env: { BREAKWATER_MAX_MEDIA_BYTES: "60000", BREAKWATER_MAX_VIDEO_BYTES: "5000000" },
	});
	const [, second = Buffer.alloc(0)] = clips.pictures;
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "pdq", ...(await hashed(second)), externalId: null, note: null, opinion } as const;
	await small.parts.stores.banks.addEntries(await small.createBank(), [entry], "test");
	const video = await clips.make("large.mp4", ["-vf", "fps=10,setpts=PTS*2", ...h264, "-qp", "2"]);
	expect(video.length).toBeGreaterThan(60_000);
	const send = async (type: string) => {
		const id = randomUUID();
		const url = `${small.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=a&surface=public`;
		const headers = { authorization: `Bearer ${small.apiKey}`, "content-type": type };
		const { status } = await fetch(url, { method: "POST", headers, body: Buffer.from(video) });
		return { id, status };
	};
	expect((await send("application/octet-stream")).status).toBe(413);
	// The detector follows the bank on its own time.
	const {
		signals,
		mediaKey,
		video: kept,
	} = await eventually(async () => {
		const { id, status } = await send("video/mp4");
		expect(status).toBe(202);
		const { cases } = small.parts.stores;
		return eventually(
			async () => {
				const [summary] = await cases.list({ search: id, limit: 1, offset: 0 });
				const item = summary && (await cases.find(summary.id))?.items.find(({ subject }) => subject === id);
				if (item === undefined) throw new Error("it is not before people yet");
				expect(item.state).toBe("withheld");
				return item;
			},
			{ withinMs: 20_000 },
		);
	}, patience);
	expect(matchesOf(signals)).toMatchObject([{ hashType: "pdq" }]);
	await eventually(async () => {
		expect(Buffer.from((await small.parts.mediaStore().get(mediaKey ?? "", 5_000_000)) ?? []).equals(video)).toBe(true);
		for (const atMs of kept?.stillsMs ?? [])
			expect(await small.parts.mediaStore().get(stillKey(mediaKey ?? "", atMs), 1_000_000)).not.toBeNull();
	}, patience);
}, 180_000);

test("copies of a video that people removed are removed where they are the same file, and withheld for a look where they were encoded anew", async () => {
	await using unknown = await openClips([51, 52, 53, 54, 55, 56]);
	await using known = await openClips([61]);
	const { stores } = system.parts;
	// The first is before people for its bytes, on a list's word.
	const first = await unknown.make("first.mp4", h264);
	const sha256 = createHash("sha256").update(first).digest();
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "sha256", hash: sha256, quality: null, externalId: null, note: null, opinion } as const;
	await stores.banks.addEntries(await system.createBank({ name: "files" }), [entry], "test");
	const subject = await eventually(async () => {
		const sent = await sender.upload(first, "video/mp4");
		await eventually(() => sender.itemOf(sent), { withinMs: 5_000 });
		return sent;
	}, patience);
	const caseOf = async (of: string) => (await stores.cases.list({ search: of, limit: 1, offset: 0 }))[0];
	const person = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const decided = (await caseOf(subject))?.id as CaseId;
	await decideTogether(stores, [await person("lan"), await person("mai")], decided, "remove");

	const anew = await unknown.make("anew.mp4", ["-vf", "scale=240:180", "-crf", "32", ...h264]);
	const mirrored = await unknown.make("mirrored.mp4", ["-vf", "hflip", "-crf", "28", ...h264]);
	const near = await eventually(async () => {
		const sent = await sender.upload(anew, "video/mp4");
		await eventually(() => expect(sender.orderTo(sent)).toMatchObject({ action: "withhold" }), { withinMs: 10_000 });
		return sent;
	}, patience);
	const other = await sender.upload(Buffer.concat([mirrored]), "video/mp4");
	const same = await sender.upload(first, "video/mp4");
	await eventually(async () => {
		const [ofNear, ofOther] = [await caseOf(near), await caseOf(other)];
		expect(ofOther?.id).toBe(ofNear?.id);
		expect(ofNear?.id).not.toBe(decided);
		const [copies] = await stores.cases.list({ lane: "copies", search: near, limit: 1, offset: 0 });
		expect(copies?.id).toBe(ofNear?.id);
		expect((await sender.itemOf(near)).state).toBe("withheld");
		expect((await sender.itemOf(same)).state).toBe("removed");
		expect((await caseOf(same))?.id).toBe(decided);
	}, patience);
	// A stranger, and one in which nothing changes, stay up.
	const stranger = await sender.upload(await known.make("stranger.mp4", h264), "video/mp4");
	const key = [{ source: system.platform.source, eventId: stranger }];
	await eventually(async () => expect((await stores.verdicts.findSettled(key)).size).toBe(1), patience);
	expect(await caseOf(stranger)).toBeUndefined();
}, 240_000);
