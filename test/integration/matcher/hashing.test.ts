// /h/hash as clients of HMA know it: a file in a field named by its content type, or an address.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { writeVideoFrames } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { framesOfVideo } from "../../../services/core/items/picture/frames-of-video.ts";
import { notHashedHeader } from "../../../services/core/wire/matcher-api.ts";
import { openExaminer } from "../../../services/parts/examination.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";
import { clip, type MatcherFixture, maxMediaBytes, openMatcherFixture } from "./matcher-fixture.ts";

let api: MatcherFixture;
beforeAll(async () => {
	api = await openMatcherFixture();
});
afterAll(async () => {
	await api[Symbol.asyncDispose]();
});

const at = (file: string, more = "") => `/h/hash?url=http://${api.host}/${file}${more}`;
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");

const bmpHead =
	"424d460000000000000036000000280000000200000002000000010018000000000010000000130b0000130b00000000000000000000";
/** The beginnings of files that HMA would open. */
const undecoded: Readonly<Record<string, Buffer>> = {
	BMP: Buffer.from(`${bmpHead}${"0000ffffffff0000".repeat(2)}`, "hex"),
	ICO: Buffer.from(`00000100010010100000010018006803000016000000${"00".repeat(872)}`, "hex"),
	PPM: Buffer.from("P6 2 2 255\nabcdefabcdef"),
	TGA: Buffer.from(`000002000000000000000000020002001800${"ff0000".repeat(4)}`, "hex"),
	"JPEG 2000": Buffer.from("0000000c6a5020200d0a870a00000014667479706a703220000000006a703220", "hex"),
};

describe("a file", () => {
	it("sent as a photo is answered with its PDQ hash", async () => {
		const { status, json } = await api.upload("/h/hash", { photo: api.picture });
		expect(status).toBe(200);
		expect(json).toEqual({ pdq: expect.stringMatching(/^[0-9a-f]{64}$/) });
	});

	it("sent as a video is answered with its MD5", async () => {
		const { status, json } = await api.upload("/h/hash", { video: clip });
		expect([status, json]).toEqual([200, { video_md5: md5(clip) }]);
	});

	it("sent as a video is answered with the frames by which it is known, too: those that a detector knows it by", async () => {
		const video = await readFile(fromPackageRoot("test", "fixtures", "video", "zoom.mp4"));
		const { json } = await api.upload("/h/hash", { video });
		const config = readConfig({ BREAKWATER_EXAMINER_WORKERS: "1" });
		await using examiner = openExaminer({ config, logger: silentLogger });
		const { hashes, frames } = await examiner.examine(video, AbortSignal.timeout(60_000));
		const stills = hashes.pdq === null ? [] : [hashes.pdq, ...frames];
		expect(json).toEqual({ video_md5: md5(video), vpdq: writeVideoFrames(framesOfVideo(stills)) });
		expect(JSON.parse(json.vpdq).length).toBeGreaterThan(1);
	}, 60_000);

	it("that cannot be decoded is known by its bytes alone, and the answer says so", async () => {
		const { headers } = await api.upload("/h/hash", { video: clip });
		expect(headers.get(notHashedHeader)).toMatch(/^vpdq=[a-z-]+$/);
		const asked = await api.upload("/h/hash?types=vpdq", { video: clip });
		expect([asked.status, asked.json.message]).toEqual([400, expect.stringContaining("the video cannot be hashed")]);
		const picture = await api.upload("/h/hash?types=vpdq", { video: api.picture });
		expect([picture.status, picture.json.message]).toEqual([400, "the video cannot be hashed: no-video"]);
	});

	it("without structure is answered with an empty hash, which no bank takes and no look-up", async () => {
		expect((await api.upload("/h/hash", { photo: api.flat })).json).toEqual({ pdq: "" });
	});

	it.each([
		["types=pdq", 200],
		["types=pdq,%20pdq,", 200],
		["types=video_md5", 400],
		["types=nope", 400],
		["types=,", 400],
		["types=", 400],
	])("is hashed by the types asked for (%s: %d)", async (query, status) => {
		expect((await api.upload(`/h/hash?${query}`, { photo: api.picture })).status).toBe(status);
	});

	it.each([
		["that is no picture", { photo: Buffer.from("no picture") }, "not-an-image"],
		["that is empty", { photo: Buffer.alloc(0) }, "empty"],
	])("%s is refused: what could not be hashed is not clear", async (_what, files, why) => {
		const { status, json } = await api.upload("/h/hash", files);
		expect([status, json.message]).toEqual([400, `the picture cannot be hashed: ${why}`]);
	});

	it.each(Object.entries(undecoded))("in a format that is not opened is refused (%s)", async (_format, photo) => {
		const { status, json } = await api.upload("/h/hash", { photo });
		expect([status, json.message]).toEqual([400, expect.stringContaining("the picture cannot be hashed")]);
	});

	it("that ends early is refused", async () => {
		const half = api.picture.subarray(0, Math.trunc(api.picture.length / 2));
		expect((await api.upload("/h/hash", { photo: half })).json.message).toContain("truncated");
	});

	it("over the limit is refused before it is looked at", async () => {
		const { status } = await api.upload("/h/hash", { photo: Buffer.alloc(maxMediaBytes + 100_000) });
		expect(status).toBe(413);
	});

	it("among too many at once is refused before it is read, until one of them is done", async () => {
		const begin = () => {
			const sending = request(`${api.url}/h/hash`, {
				method: "POST",
				agent: false,
				headers: { "content-type": "multipart/form-data; boundary=x", "content-length": "1000" },
			});
			sending.on("error", () => undefined);
			sending.write("--x\r\n");
			return sending;
		};
		const begun = Array.from({ length: 64 }, begin);
		const one = () => api.upload("/h/hash", { photo: api.picture });
		try {
			await eventually(
				async () => {
					if ((await one()).status === 503) return true;
					// The question itself may have had the place of one of them, which was then refused.
					begun.push(begin());
					return false;
				},
				{ withinMs: 20_000 },
			);
			const address = encodeURIComponent(`http://${api.host}/picture.jpg`);
			expect((await api.get(`/h/hash?url=${address}`)).status).toBe(503);
			expect((await api.get(`/m/lookup?url=${address}`)).status).toBe(503);
			expect((await api.get(`/m/lookup?signal_type=pdq&signal=${"0f".repeat(32)}`)).status).toBe(200);
		} finally {
			// Left open after a failure they would keep the server from closing.
			for (const sending of begun) sending.destroy();
		}
		await eventually(async () => (await one()).status === 200, { withinMs: 20_000 });
	});

	it("in a field of another name is refused", async () => {
		const { status, json } = await api.upload("/h/hash", { file: api.picture });
		expect([status, json]).toEqual([400, { message: "no such content_type: 'file'" }]);
	});

	it("comes alone", async () => {
		const { status, json } = await api.upload("/h/hash", { photo: api.picture, video: clip });
		expect([status, json]).toEqual([400, { message: "Only one file allowed per request" }]);
	});

	it.each([
		["no body", {}],
		["JSON", { headers: { "content-type": "application/json" }, body: "{}" }],
		["bare bytes", { headers: { "content-type": "image/jpeg" }, body: "bytes" }],
		["a form that is none", { headers: { "content-type": "multipart/form-data; boundary=x" }, body: "garbage" }],
		["a form without a boundary", { headers: { "content-type": "multipart/form-data" }, body: "garbage" }],
	])("is missed in %s", async (_what, init) => {
		const { status, json } = await api.request("/h/hash", { method: "POST", ...init });
		expect([status, json]).toEqual([400, { message: "Missing multipart/form-data file upload" }]);
	});
});

describe("an address", () => {
	it("is fetched and hashed by what is there", async () => {
		const { json: sent } = await api.upload("/h/hash", { photo: api.picture });
		expect((await api.get(at("picture.jpg"))).json).toEqual(sent);
		expect((await api.get(at("clip.mp4"))).json).toEqual({ video_md5: md5(clip) });
	});

	it("is hashed as the content type that is asked for", async () => {
		expect((await api.get(at("picture.jpg", "&content_type=video"))).json).toEqual({ video_md5: md5(api.picture) });
		expect((await api.get(at("picture.jpg", "&content_type=nope"))).json).toEqual({
			message: "no such content_type: 'nope'",
		});
		expect((await api.get(at("picture.jpg", "&types=video_md5"))).status).toBe(400);
	});

	it.each([
		["with nothing that is a picture or video", "note.txt", 400, "unsupported url ContentType"],
		["with nothing", "none.jpg", 400, "Failed to fetch URL: gone-at-source"],
		["with too much", "large.bin", 413, "Content too large"],
	])("%s is refused", async (_what, file, status, message) => {
		const answer = await api.get(at(file));
		expect([answer.status, answer.json.message]).toEqual([status, expect.stringContaining(message)]);
	});

	it.each(["", "nonsense", "ftp://media.example/a.jpg", "file:///etc/passwd", "http://other.example/a.jpg"])(
		"that is unsafe or not allowed is refused (%j)",
		async (url) => {
			const { status, json } = await api.get(`/h/hash?url=${encodeURIComponent(url)}`);
			expect([status, json]).toEqual([400, { message: "Invalid or unsafe URL provided" }]);
		},
	);

	it("is missed with 422 and the field's name", async () => {
		const { status, json } = await api.get("/h/hash");
		expect([status, json]).toEqual([422, [{ type: "missing", loc: ["url"], msg: "Field required" }]]);
	});
});
