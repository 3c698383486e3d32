// What the examiner makes of real files of every kind, in real workers. Pictures are generated here.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { copyKinds, copySample, drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { pngCurves } from "../../../services/adapters/sharp/png-curves.ts";
import type { ImageExamination } from "../../../services/core/ports/image-examiner.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { attacks } from "../../load/matching/attacks.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import { eventually } from "../../support/eventually.ts";
import { gifOfFrames } from "../../support/gif-of-frames.ts";

const limits = { maxBytes: 8_000_000, maxPixels: 100_000_000, timeoutMs: 30_000, maxFrames: 8 };
const examiner = createImageExaminer({ workers: 2, modelSize: 224, limits, logger: silentLogger });
afterAll(() => examiner[Symbol.asyncDispose]());
const examine = (bytes: Uint8Array) => examiner.examine(bytes, new AbortController().signal);

function examined(result: ImageExamination): Extract<ImageExamination, { kind: "examined" }> {
	if (result.kind !== "examined") throw new Error(`unavailable: ${result.reason}`);
	return result;
}
const pdqOf = async (bytes: Uint8Array) => examined(await examine(bytes)).hashes.pdq;

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const crc = Buffer.alloc(4);
	crc.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, crc]);
}

/** A PNG of one color, of any size, that takes little. */
function flatPng(edge: number, isAnimated = false): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(edge, 0);
	header.writeUInt32BE(edge, 4);
	header.set([1, 0, 0, 0, 0], 8);
	const rows = Buffer.alloc((Math.ceil(edge / 8) + 1) * edge);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk("IHDR", header),
		...(isAnimated ? [chunk("acTL", Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))] : []),
		chunk("IDAT", deflateSync(rows, { level: 1 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}
/** A still AVIF whose list of brands says that it is a sequence as well. */
async function animatedAvif(): Promise<Buffer> {
	const still = await sharp(await drawSample(8))
		.resize(64, 64)
		.avif()
		.toBuffer();
	const brand = still.indexOf("miaf");
	still.write("avis", brand, "latin1");
	return still;
}
describe("a picture", () => {
	test("gets its exact hashes, its PDQ in eight turns, and the model's pixels from one decode", async () => {
		const bytes = await drawSample(1);
		const result = examined(await examine(bytes));
		expect(Buffer.from(result.hashes.sha256).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
		expect(Buffer.from(result.hashes.md5).toString("hex")).toBe(createHash("md5").update(bytes).digest("hex"));
		expect(result).toMatchObject({ mediaType: "image/jpeg", width: 960, height: 640, frameCount: 1, frames: [] });
		expect(result.hashes.pdq.quality).toBeGreaterThanOrEqual(50);
		expect(result.hashes.pdq.dihedral).toHaveLength(8);
		expect(result.rasters.map(({ length }) => length)).toEqual([224 * 224 * 3]);
	});

	test.each([...copyKinds])(
		"that was %s stays within the tight radius of the original in one of its turns",
		async (kind) => {
			const original = await drawSample(2);
			const copy = await pdqOf(await copySample(original, kind));
			const { hash } = await pdqOf(original);
			expect(Math.min(...copy.dihedral.map((turn) => bitsApart(turn, hash)))).toBeLessThanOrEqual(20);
		},
	);

	test("another one is far away", async () => {
		const [a, b] = [await pdqOf(await drawSample(3)), await pdqOf(await drawSample(4))];
		expect(Math.min(...a.dihedral.map((turn) => bitsApart(turn, b.hash)))).toBeGreaterThan(31);
	});
});

describe("a copy in another framing is near its original once that is undone, in the picture's own proportions", () => {
	test.each([
		["border 20 %, all sides", "trimmed"],
		["border 20 % and mirror", "trimmedMirrored"],
		["crop 5 %", "uncropped"],
		["strip of 5 % cut off the foot", "uncropped"],
		["strip of 5 % cut off the foot, and mirror", "uncroppedMirrored"],
		["strip of 10 % cut off the head", "uncropped"],
		["negative", "negative"],
		["negative and mirror", "negativeMirrored"],
		["rotate 2°", "straightened"],
		["rotate 7°", "straightened"],
		["rotate 10°", "straightened"],
		["rotate 10° the other way", "straightened"],
		["rotate 4°", "straightened"],
		["rotate 2° and crop", "straightened"],
		["rotate 4° and mirror", "straightenedMirrored"],
		["phone frame with marks", "panel"],
		["caption bar with text", "panel"],
		["within another picture, half its sides", "panel"],
		["rounded corners", "uncovered"],
		["collage 2×2", "panel"],
		["collage 1×3", "panel"],
		["collage 1×2", "panel"],
	])("%s", async (name, transform) => {
		const jpeg = await sharp(await drawSample(5))
			.resize(900, 600, { fit: "fill" })
			.jpeg({ quality: 90 })
			.toBuffer();
		const original = (await pdqOf(jpeg))?.hash ?? new Uint8Array(32);
		const copy = await pdqOf((await attacks[name]?.({ jpeg, width: 900, height: 600 })) ?? jpeg);
		const undone = (copy?.reframed ?? []).filter((one) => one.transform === transform);
		expect(Math.min(...undone.map(({ hash }) => bitsApart(hash, original)))).toBeLessThanOrEqual(31);
		expect(bitsApart(copy?.hash ?? original, original)).toBeGreaterThan(31);
	});
});

/** Each pixel so many times along either side: what enlarges a picture otherwise gives what is transparent no weight. */
function enlarged(rgba: Buffer, { width, height }: { readonly width: number; readonly height: number }, times: number) {
	const out = Buffer.alloc(width * height * times * times * 4);
	for (let row = 0, to = 0; row < height * times; row += 1)
		for (let column = 0; column < width * times; column += 1, to += 4) {
			const from = (Math.floor(row / times) * width + Math.floor(column / times)) * 4;
			rgba.copy(out, to, from, from + 4);
		}
	return out;
}

describe("two pictures in one file are both looked up", () => {
	const nearest = async (bytes: Uint8Array, hidden: Uint8Array) => {
		const { hash } = await pdqOf(hidden);
		const { reframed = [] } = await pdqOf(bytes);
		const found = reframed.filter(({ transform }) => transform === "rendered");
		return Math.min(256, ...found.map((one) => bitsApart(one.hash, hash)));
	};
	const pixels = async (seed: number) =>
		sharp(await drawSample(seed))
			.resize(480, 320, { fit: "fill" })
			.greyscale()
			.raw()
			.toBuffer();

	test("one on light grounds, another on dark ones", async () => {
		const [light, dark] = [await pixels(41), await pixels(42)];
		// Over white it shows 128 + light/2, over black dark/2.
		const rgba = Buffer.alloc(480 * 320 * 4);
		for (let at = 0; at < light.length; at += 1) {
			const [onWhite, onBlack] = [128 + (light[at] ?? 0) / 2, (dark[at] ?? 0) / 2];
			const alpha = Math.max(1, 255 - onWhite + onBlack);
			rgba.fill(Math.min(255, Math.round((255 * onBlack) / alpha)), at * 4, at * 4 + 3);
			rgba[at * 4 + 3] = Math.round(alpha);
		}
		const png = await sharp(rgba, { raw: { width: 480, height: 320, channels: 4 } })
			.png()
			.toBuffer();
		const hidden = await sharp(dark, { raw: { width: 480, height: 320, channels: 1 } })
			.png()
			.toBuffer();
		expect(await nearest(png, hidden)).toBeLessThanOrEqual(20);
	});

	test("one for viewers that apply a PNG's gamma, another for those that do not", async () => {
		const exponent = 4;
		const hidden = await pixels(43);
		const stored = hidden.map((level) => Math.round(255 * (level / 255) ** (1 / exponent)));
		const plain = await sharp(stored, { raw: { width: 480, height: 320, channels: 1 } })
			.png()
			.toBuffer();
		const gamma = Buffer.alloc(4);
		gamma.writeUInt32BE(Math.round(45_455 / exponent));
		// Behind the header: 8 bytes of signature, 25 of IHDR.
		const png = Buffer.concat([plain.subarray(0, 33), chunk("gAMA", gamma), plain.subarray(33)]);
		const asShown = await sharp(hidden, { raw: { width: 480, height: 320, channels: 1 } })
			.png()
			.toBuffer();
		expect(await nearest(png, asShown)).toBeLessThanOrEqual(20);
	});

	test("one that is shown, another under full transparency for viewers that know none", async () => {
		const [shown, hidden] = [await pixels(45), await pixels(46)];
		const edge = { width: 480, height: 320 };
		// Above, a picture to be seen; below, one under full transparency.
		const rgba = Buffer.alloc(480 * 320 * 4);
		for (let at = 0; at < hidden.length; at += 1) {
			const isShown = at < hidden.length / 8;
			rgba.fill((isShown ? shown[at] : hidden[at]) ?? 0, at * 4, at * 4 + 3);
			rgba[at * 4 + 3] = isShown ? 255 : 0;
		}
		for (const scale of [1, 3]) {
			const png = await sharp(enlarged(rgba, edge, scale), {
				raw: { width: edge.width * scale, height: edge.height * scale, channels: 4 },
			})
				.png()
				.toBuffer();
			const asOpaque = await sharp(Buffer.from(rgba.filter((_, at) => at % 4 === 0)), { raw: { ...edge, channels: 1 } })
				.png()
				.toBuffer();
			expect(await nearest(png, asOpaque)).toBeLessThanOrEqual(20);
		}
	});

	test.each([
		["linear light", 8, 1],
		["PQ", 16, 1],
		["a narrow range", 1, 0],
	])(
		"one for viewers that apply a PNG's code points (%s), another for those that do not",
		async (_name, transfer, isFull) => {
			const stored = await pixels(47);
			const plain = await sharp(stored, { raw: { width: 480, height: 320, channels: 1 } })
				.png()
				.toBuffer();
			const points = chunk("cICP", Buffer.from([1, transfer, 0, isFull]));
			const png = Buffer.concat([plain.subarray(0, 33), points, plain.subarray(33)]);
			const [curve] = pngCurves(png);
			const seen = stored.map((level) => curve?.[level] ?? 0);
			const asShown = await sharp(seen, { raw: { width: 480, height: 320, channels: 1 } })
				.png()
				.toBuffer();
			const { hash, reframed = [] } = await pdqOf(png);
			const { hash: shown } = await pdqOf(asShown);
			expect(
				Math.min(...[hash, ...reframed.map((one) => one.hash)].map((one) => bitsApart(one, shown))),
			).toBeLessThanOrEqual(8);
		},
	);

	test("a picture without transparency, profile or gamma has one rendering", async () => {
		const { reframed = [] } = await pdqOf(await drawSample(44));
		expect(reframed.filter(({ transform }) => transform === "rendered")).toEqual([]);
	});
});

describe("odd but sound pictures are examined like any other", () => {
	const base = () => drawSample(5);
	const kinds: readonly [string, () => Promise<Buffer>][] = [
		[
			"CMYK",
			async () =>
				sharp(await base())
					.toColourspace("cmyk")
					.jpeg()
					.toBuffer(),
		],
		[
			"16 bits a channel",
			async () =>
				sharp(await base())
					.toColourspace("rgb16")
					.png()
					.toBuffer(),
		],
		[
			"grey",
			async () =>
				sharp(await base())
					.greyscale()
					.jpeg()
					.toBuffer(),
		],
		[
			"an alpha channel",
			async () =>
				sharp(await base())
					.ensureAlpha(0.999)
					.png()
					.toBuffer(),
		],
		[
			"a wide-gamut ICC profile",
			async () =>
				sharp(await base())
					.withIccProfile("p3")
					.jpeg()
					.toBuffer(),
		],
		[
			"a palette",
			async () =>
				sharp(await base())
					.png({ palette: true, colours: 64 })
					.toBuffer(),
		],
		[
			"AVIF",
			async () =>
				sharp(await base())
					.avif({ quality: 60, effort: 0 })
					.toBuffer(),
		],
		[
			"TIFF",
			async () =>
				sharp(await base())
					.tiff()
					.toBuffer(),
		],
		[
			"WebP",
			async () =>
				sharp(await base())
					.webp()
					.toBuffer(),
		],
	];
	test.each(kinds)("%s", async (_what, make) => {
		const { hash } = await pdqOf(await base());
		expect(bitsApart((await pdqOf(await make())).hash, hash)).toBeLessThanOrEqual(31);
	});

	test("EXIF orientation is ignored by the hash and obeyed for the model", async () => {
		const plain = await base();
		const turned = await sharp(plain)
			.withExif({ IFD0: { Orientation: "6" } })
			.withMetadata({ orientation: 6 })
			.jpeg({ quality: 95 })
			.toBuffer();
		const [a, b] = [examined(await examine(plain)), examined(await examine(turned))];
		expect(bitsApart(a.hashes.pdq.hash, b.hashes.pdq.hash)).toBeLessThanOrEqual(10);
		const upright = await sharp(turned).rotate().resize(224, 224, { fit: "fill" }).removeAlpha().raw().toBuffer();
		const difference = (other: Uint8Array | undefined) =>
			upright.reduce((sum, value, index) => sum + Math.abs(value - (other?.[index] ?? 0)), 0) / upright.length;
		expect(difference(b.rasters[0])).toBeLessThan(8);
		expect(difference(a.rasters[0])).toBeGreaterThan(20);
	});

	test("one of 1×1, and one of a single color, have hashes of quality 0", async () => {
		for (const [width, height] of [
			[1, 1],
			[300, 200],
		] as const) {
			const bytes = await sharp({ create: { width, height, channels: 3, background: "#446688" } })
				.png()
				.toBuffer();
			expect((await pdqOf(bytes)).quality).toBe(0);
		}
	});

	test("an animation of 2,000 frames is read to its end in bounded time", async () => {
		const result = examined(await examine(await animated(2_000, (frame) => frame % 3, 16)));
		expect(result.frameCount).toBe(2_000);
		expect(result.frames.length).toBeGreaterThan(0);
		expect(result.rasters).toHaveLength(Math.min(limits.maxFrames, result.frames.length + 1));
	});
});

/** Blots that the seed alone decides: drawn in a hundredth of a sample's time. */
function blots(seed: number) {
	const side = 6;
	const colors = createHash("shake128", { outputLength: side * side * 3 })
		.update(`${seed}`)
		.digest();
	return sharp(colors, { raw: { width: side, height: side, channels: 3 } });
}

/** Each frame the sample of that seed, or blots where it is negative, in a format that holds many; frames of an animation are shown for 40 ms. */
async function animated(
	frames: number,
	seedOf: (frame: number) => number,
	edge = 160,
	format: "gif" | "webp" | "tiff" = "gif",
): Promise<Buffer> {
	const seeds = Array.from({ length: frames }, (_, frame) => seedOf(frame));
	const drawn = new Map<number, Buffer>();
	for (const seed of new Set(seeds)) {
		const one = (seed < 0 ? blots(seed) : sharp(await drawSample(seed))).resize(edge, edge, { fit: "fill" });
		drawn.set(seed, await (format === "gif" ? one.gif({ effort: 1 }) : one.raw()).toBuffer());
	}
	const pixels = seeds.map((seed) => drawn.get(seed) ?? Buffer.alloc(0));
	if (format === "gif") return gifOfFrames(pixels, 40);
	const raw = { width: edge, height: edge * frames, channels: 3, pageHeight: edge } as const;
	const roll = sharp(Buffer.concat(pixels), { raw });
	return format === "tiff"
		? roll.tiff({ compression: "lzw" }).toBuffer()
		: roll.webp({ quality: 90, delay: seeds.map(() => 40) }).toBuffer();
}

describe("of many pictures in one file, one that stands anywhere among the others is looked up", () => {
	const nearest = async (bytes: Uint8Array, seed: number) => {
		const alone = sharp(await drawSample(seed)).resize(160, 160, { fit: "fill" });
		const { hash } = await pdqOf(await alone.png().toBuffer());
		const result = await examine(bytes);
		return {
			bits: Math.min(...result.frames.map((frame) => bitsApart(frame.hash, hash))),
			reason: result.kind === "unavailable" ? result.reason : null,
		};
	};

	test.each([
		["GIF", "gif", 300, 277],
		["WebP", "webp", 100, 51],
		["TIFF", "tiff", 60, 59],
	] as const)("a %s", async (_what, format, frames, place) => {
		const bytes = await animated(frames, (frame) => (frame === place ? 21 : 22 + (frame % 5)), 160, format);
		const { bits, reason } = await nearest(bytes, 21);
		expect(bits).toBeLessThanOrEqual(20);
		expect(reason).toBeNull();
	});

	test.each(["gif", "webp"] as const)("a %s says when each is shown, in a turn of so long", async (format) => {
		const { hashes, frames } = examined(
			await examine(await animated(50, (frame) => (frame < 10 ? 21 : 22), 160, format)),
		);
		expect([hashes.pdq, ...frames]).toMatchObject([
			{ shown: [{ fromMs: 0, toMs: 400 }], turnMs: 2_000 },
			{ shown: [{ fromMs: 400, toMs: 2_000 }], turnMs: 2_000 },
		]);
		const still = examined(await examine(await animated(50, () => 21, 160, format)));
		expect(still.frames).toEqual([]);
		expect(still.hashes.pdq).not.toHaveProperty("shown");
	});

	test("a model sees those that are shown, by their time and not by their number", async () => {
		const result = examined(await examine(await animated(60, (frame) => 30 + Math.min(frame, 20))));
		expect(result.frames).toHaveLength(20);
		expect(result.rasters).toHaveLength(limits.maxFrames);
		// Two thirds of the time it stands at the last.
		const last = await sharp(await drawSample(50))
			.resize(224, 224, { fit: "fill" })
			.raw()
			.toBuffer();
		const difference = (raster: Uint8Array = new Uint8Array()) =>
			raster.reduce((sum, value, at) => sum + Math.abs(value - (last[at] ?? 0)), 0) / raster.length;
		expect(difference(result.rasters.at(-1))).toBeLessThan(20);
	});

	test("more pages than are read are said not to have been, and those that were are looked up", async () => {
		const { bits, reason } = await nearest(
			await animated(80, (frame) => (frame === 40 ? 21 : 22 + (frame % 5)), 160, "tiff"),
			21,
		);
		expect(bits).toBeLessThanOrEqual(20);
		expect(reason).toBe("frames-not-read");
	});

	test("more frames that differ than are kept are said not to have been read", async () => {
		const { reason } = await nearest(await animated(300, (frame) => (frame === 20 ? 120 : -frame), 64), 120);
		expect(reason).toBe("frames-not-read");
	});

	test("a GIF that ends early is truncated, whatever frames it holds, and those are looked up", async () => {
		const whole = await animated(40, (frame) => (frame === 5 ? 21 : 22 + (frame % 5)));
		const { bits, reason } = await nearest(whole.subarray(0, Math.floor(whole.length / 2)), 21);
		expect(bits).toBeLessThanOrEqual(20);
		expect(reason).toBe("truncated");
	});
});

describe("what cannot be examined says why, and keeps its exact hashes", () => {
	const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
	const cases: readonly [string, () => Promise<Uint8Array>, string][] = [
		["a text file called .jpg", async () => Buffer.from("These are words."), "not-an-image"],
		["no bytes", async () => new Uint8Array(0), "empty"],
		["a picture of 30,000 × 30,000", async () => flatPng(30_000), "too-many-pixels"],
		["more bytes than allowed", async () => new Uint8Array(limits.maxBytes + 1), "too-many-bytes"],
		[
			"SVG, which is a program",
			async () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
			"not-an-image",
		],
		["a PDF", async () => Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"), "not-an-image"],
		["a JPEG header and nothing else", async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), "undecodable"],
		[
			"random bytes after a PNG signature",
			async () => Buffer.concat([flatPng(10).subarray(0, 16), Buffer.alloc(200, 7)]),
			"undecodable",
		],
	];
	test.each(cases)("%s", async (_what, make, reason) => {
		const bytes = await make();
		const result = await examine(bytes);
		expect(result).toMatchObject({ kind: "unavailable", reason });
		expect(Buffer.from(result.hashes.sha256).toString("hex")).toBe(sha256(bytes));
	});

	test.each([
		["PNG", async () => flatPng(64, true)],
		["AVIF", animatedAvif],
	])("an animated %s, of which the decoder reads one picture alone", async (_what, make) => {
		const result = await examine(await make());
		expect(result).toMatchObject({ kind: "unavailable", reason: "frames-not-read" });
		expect(result.hashes.pdq).not.toBeNull();
	});

	test("a truncated JPEG, whose PDQ of what could be read is matched all the same", async () => {
		const whole = await drawSample(6);
		const result = await examine(whole.subarray(0, Math.floor(whole.length * 0.8)));
		expect(result).toMatchObject({ kind: "unavailable", reason: "truncated", mediaType: "image/jpeg" });
		expect(result.hashes.pdq).not.toBeNull();
	});
});

describe("a picture that breaks its decoder", () => {
	const file = fromPackageRoot("dist", "test", "faults", "examine-or-break.worker.js");
	const open = (timeoutMs: number, workers = 1) =>
		createImageExaminer({ workers, modelSize: 224, limits: { ...limits, timeoutMs }, logger: silentLogger, file });
	const breaking = async (how: string) => Buffer.concat([await drawSample(7), Buffer.from(`breakwater-${how}`)]);
	const never = new AbortController().signal;

	test("by a segmentation fault, costs its processes and nothing else; its exact hashes are there all the same", async () => {
		await using examiner = open(30_000);
		const poison = await breaking("SIGSEGV");
		const [poisoned, sound] = await Promise.all([
			examiner.examine(poison, never),
			examiner.examine(await drawSample(8), never),
		]);
		expect(poisoned).toMatchObject({ kind: "unavailable", reason: "decoder-crashed" });
		expect(poisoned.hashes.sha256).toEqual(createHash("sha256").update(poison).digest());
		expect(sound.kind).toBe("examined");
	});

	test("once only, is examined by the next process: somebody else may have ended the first", async () => {
		await using examiner = open(30_000);
		const folder = await mkdtemp(join(tmpdir(), "breakwater-once-"));
		const result = await examiner.examine(await breaking(`once:${join(folder, "mark")};`), never);
		await rm(folder, { recursive: true });
		expect(result.kind).toBe("examined");
	});

	test("by a loop without end, is given up in time, and the next one is examined", async () => {
		// The limit counts in the decoder's own time, too, which on a busy machine is mostly others': a small picture takes a tenth of it.
		await using examiner = open(1_000);
		expect(await examiner.examine(await breaking("loop"), never)).toMatchObject({ reason: "decode-timeout" });
		// Another each time: what took too long after all is not tried again.
		let seed = 100;
		const another = async () => {
			const picture = await blots(seed++).resize(96, 64).jpeg().toBuffer();
			return (await examiner.examine(picture, never)).kind;
		};
		await eventually(async () => expect(await another()).toBe("examined"), { withinMs: 60_000 });
	});

	test("finds neither settings nor secrets there", async () => {
		await using examiner = open(30_000);
		// It would crash where the environment held anything of ours.
		expect((await examiner.examine(await breaking("environment"), never)).kind).toBe("examined");
	});
});

describe("a decoder that goes on too long", () => {
	test("past its deadline gives up by itself", async () => {
		// 3.6 billion pixels take several seconds.
		const edge = 60_000;
		const limits = { maxPixels: edge * edge, deadline: performance.now() };
		expect(await decodeFrame(flatPng(edge), 0, { width: edge, height: edge }, limits)).toEqual({ kind: "timed-out" });
	});
});
