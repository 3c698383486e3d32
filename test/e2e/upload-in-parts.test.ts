// A video in parts through intake, stream, detector, record and takedown on the embedded profile: its sender is interrupted and goes on, a known
// still in it withholds it, people decide, and the platform is told. The protocol's own cases are integration/intake's to show.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Upload } from "tus-js-client";
import { exactHashes } from "../../services/core/hashes/exact/exact-hashes.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { type Clips, openClips } from "../support/video/clips.ts";

const patience = { withinMs: 60_000 };
const partBytes = 20_000;

let clips: Clips;
let system: TestSystem;
let sender: ReturnType<typeof senderOf>;
let video: Buffer;
beforeAll(async () => {
	clips = await openClips([61, 62]);
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	sender = senderOf(system);
	video = Buffer.from(await clips.make("parts.mp4", ["-vf", "fps=10", "-c:v", "libx264", "-preset", "ultrafast"]));
	const opinion = { source: "list", kind: "positive" } as const;
	const { sha256: hash } = exactHashes(video);
	const entry = { hashType: "sha256", hash, quality: null, externalId: null, note: null, opinion } as const;
	await system.parts.stores.banks.addEntries(await system.createBank(), [entry], "test");
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const subject = await sender.upload(video, "video/mp4");
		await eventually(() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold" }), { withinMs: 2_000 });
	}, patience);
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	await clips[Symbol.asyncDispose]();
});

/** Sends it until it is done, or so much of it; answers where it lies. */
function send(id: string, { until = video.length, uploadUrl }: { until?: number; uploadUrl?: string } = {}) {
	return new Promise<string>((resolve, reject) => {
		const upload = new Upload(video, {
			endpoint: `${system.urlOf("intake")}/v1/uploads`,
			...(uploadUrl === undefined ? {} : { uploadUrl }),
			headers: { authorization: `Bearer ${system.apiKey}` },
			metadata: { id, subject: id, authorId: "a", surface: "public", filetype: "video/mp4" },
			...{ chunkSize: partBytes, retryDelays: [], onError: reject },
			onSuccess: () => resolve(upload.url ?? ""),
			onChunkComplete(_size, accepted) {
				if (accepted < until || accepted === video.length) return;
				upload.abort().then(() => resolve(upload.url ?? ""), reject);
			},
		});
		upload.start();
	});
}

test("a known video that comes in parts is withheld, decided by people, and removed at the platform", async () => {
	const subject = randomUUID();
	const uploadUrl = await send(subject, { until: partBytes * 2 });
	expect(sender.orderTo(subject)).toBeUndefined();
	await send(subject, { uploadUrl });
	await eventually(() => expect(sender.orderTo(subject)).toMatchObject({ action: "withhold" }), patience);
	const item = await eventually(() => sender.itemOf(subject), patience);
	expect([item.tier, item.mediaType]).toEqual(["K1", "video/mp4"]);

	const { stores } = system.parts;
	const person = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const [found] = await stores.cases.list({ search: subject, limit: 1, offset: 0 });
	if (found === undefined) throw new Error("a case has it");
	await decideTogether(stores, [await person("an"), await person("binh")], found.id, "remove");
	await eventually(
		() =>
			expect([...system.sample.orders.values()].map(({ order }) => [order.subject, order.action])).toContainEqual([
				...[subject, "remove"],
			]),
		patience,
	);
}, 180_000);
