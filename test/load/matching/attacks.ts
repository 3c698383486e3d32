// What people do to a picture so that it is not recognized, or without thinking of it.
import sharp from "sharp";
import { mix32 } from "../../../services/core/hashes/mix32.ts";

/** A photograph as it was listed; attacks start from it. */
export interface Original {
	readonly jpeg: Buffer;
	readonly width: number;
	readonly height: number;
}

type Attack = (original: Original) => Promise<Buffer>;

const from = ({ jpeg }: Original) => sharp(jpeg);
/** Shares of the sides that are cut off. */
interface Cut {
	readonly top?: number;
	readonly bottom?: number;
	readonly left?: number;
	readonly right?: number;
}
const crop =
	({ top = 0, bottom = 0, left = 0, right = 0 }: Cut): Attack =>
	(original) => {
		const { width, height } = original;
		const start = { left: Math.round(width * left), top: Math.round(height * top) };
		return from(original)
			.extract({
				...start,
				width: width - start.left - Math.round(width * right),
				height: height - start.top - Math.round(height * bottom),
			})
			.jpeg({ quality: 85 })
			.toBuffer();
	};
const cropAround = (share: number) => crop({ top: share / 2, bottom: share / 2, left: share / 2, right: share / 2 });

/** Turned about its middle in a frame of its own size: its corners leave the frame, and others are empty. */
const tilt =
	(degrees: number): Attack =>
	async (original) => {
		const { width, height } = original;
		const turned = await from(original)
			.rotate(degrees, { background: "#000000" })
			.toBuffer({ resolveWithObject: true });
		return cutMiddle(turned, width, height);
	};

/** Turned, and cut to the largest frame of its proportions without an empty corner. */
const tiltAndCrop =
	(degrees: number): Attack =>
	async (original) => {
		const { width, height } = original;
		const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
		const share = 1 / (cosine + sine * Math.max(width / height, height / width));
		const turned = await from(original)
			.rotate(degrees, { background: "#000000" })
			.toBuffer({ resolveWithObject: true });
		return cutMiddle(turned, Math.floor(width * share), Math.floor(height * share));
	};

function cutMiddle(
	{ data, info }: { readonly data: Buffer; readonly info: { readonly width: number; readonly height: number } },
	width: number,
	height: number,
): Promise<Buffer> {
	const left = Math.floor((info.width - width) / 2);
	const top = Math.floor((info.height - height) / 2);
	return sharp(data).extract({ left, top, width, height }).jpeg({ quality: 85 }).toBuffer();
}

const border =
	(sides: (x: number, y: number) => { top: number; bottom: number; left: number; right: number }): Attack =>
	(original) =>
		from(original)
			.extend({ ...sides(Math.round(original.width * 0.2), Math.round(original.height * 0.2)), background: "#000000" })
			.jpeg({ quality: 85 })
			.toBuffer();

const mirrored =
	(attack: Attack): Attack =>
	async (original) =>
		sharp(await attack(original))
			.flop()
			.jpeg({ quality: 85 })
			.toBuffer();

function watermark({ width, height }: Original): Buffer {
	const size = Math.round(height / 9);
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="50%" y="55%" text-anchor="middle" font-size="${size}" font-family="sans-serif" fill="#ffffff" fill-opacity="0.6">example.com</text></svg>`,
	);
}

const drawn = (width: number, height: number, body: string) =>
	Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);
const fontOf = (size: number, fill: string) => `font-family="sans-serif" font-size="${size}" fill="${fill}"`;

/** A phone's screenshot: the picture across it, a clock and a home bar, words above and below. */
const onPhone: Attack = async (original) => {
	const [width, height] = [720, 1_560];
	const shownHeight = Math.min(1_150, Math.round((width * original.height) / original.width));
	const top = Math.round((height - shownHeight) / 2) - 40;
	const shown = await from(original).resize(width, shownHeight, { fit: "fill" }).toBuffer();
	const marks = `<text x="40" y="46" ${fontOf(30, "#111")}>12:34</text><rect x="600" y="22" width="60" height="26" rx="6"/>
		<circle cx="70" cy="110" r="30" fill="#88a"/><text x="120" y="120" ${fontOf(28, "#111")}>some.name</text>
		<text x="40" y="${top + shownHeight + 60}" ${fontOf(28, "#111")}>Liked by many and 2 others</text>
		<rect x="230" y="${height - 24}" width="260" height="8" rx="4"/>`;
	return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
		.composite([
			{ input: shown, left: 0, top },
			{ input: drawn(width, height, marks), left: 0, top: 0 },
		])
		.jpeg({ quality: 85 })
		.toBuffer();
};

const captioned: Attack = (original) => {
	const bar = Math.round(original.height * 0.15);
	const words = `<text x="${original.width * 0.04}" y="${bar * 0.65}" ${fontOf(bar * 0.45, "#000")}>when you see it again</text>`;
	return from(original)
		.extend({ top: bar, background: "#ffffff" })
		.composite([{ input: drawn(original.width, bar, words), left: 0, top: 0 }])
		.jpeg({ quality: 85 })
		.toBuffer();
};

/** Words on a bar from side to side, as messengers put them there. */
const barred: Attack = (original) => {
	const bar = Math.round(original.height * 0.08);
	const words = `<text x="${original.width * 0.25}" y="${bar * 0.7}" ${fontOf(bar * 0.6, "#fff")}>at the lake again</text>`;
	return from(original)
		.composite([
			{
				input: drawn(original.width, bar, `<rect width="100%" height="100%" fill="#101010"/>${words}`),
				left: 0,
				top: Math.round(original.height * 0.47),
			},
		])
		.jpeg({ quality: 85 })
		.toBuffer();
};

/** The name of an account in a box. */
const signed: Attack = (original) => {
	const [width, height] = [Math.round(original.width * 0.25), Math.round(original.height * 0.1)];
	const words = `<text x="${width * 0.05}" y="${height * 0.65}" ${fontOf(height * 0.4, "#000")}>@some.body</text>`;
	return from(original)
		.composite([
			{
				input: drawn(width, height, `<rect width="100%" height="100%" fill="#fff"/>${words}`),
				left: original.width - width,
				top: original.height - height,
			},
		])
		.jpeg({ quality: 85 })
		.toBuffer();
};

/** Another picture, so that what is beside or over the known one is a picture as well. */
async function other({ jpeg }: Original, width: number, height: number): Promise<Buffer> {
	return sharp(jpeg).resize(width, height, { fit: "fill" }).negate().rotate(180).modulate({ hue: 90 }).toBuffer();
}

/** A small picture over the known one, of that share of its area: over a corner, or where `place` says. */
const covered =
	(share: number, place: "corner" | "middle" = "corner"): Attack =>
	async (original) => {
		const { width, height } = original;
		const [across, down] = [Math.round(width * Math.sqrt(share)), Math.round(height * Math.sqrt(share))];
		const input = await other(original, across, down);
		const [left, top] =
			place === "corner"
				? [width - across - 12, height - down - 12]
				: [Math.round((width - across) / 2), Math.round((height - down) / 2)];
		return from(original).composite([{ input, left, top }]).jpeg({ quality: 85 }).toBuffer();
	};

/** Where one picture has it and where the next are different places, the same in every run. */
const places = ({ jpeg }: Original) => [0, 1, 2].map((of) => (mix32(jpeg.length * 31 + of) >>> 0) / 2 ** 32);

/** A sticker that says nothing of the picture, of 8 % of its area. */
const withSticker: Attack = (original) => {
	const { width, height } = original;
	const [across = 0, down = 0] = places(original);
	const radius = Math.sqrt((0.08 * width * height) / Math.PI);
	const at = (share: number, side: number) => radius + share * (side - 2 * radius);
	const sticker = `<circle cx="${at(across, width)}" cy="${at(down, height)}" r="${radius}" fill="#fd3"/><circle r="1"/>`;
	return from(original)
		.composite([{ input: drawn(width, height, sticker) }])
		.jpeg({ quality: 85 })
		.toBuffer();
};

/** Somebody's stroke over a part of it: a bar of three tenths by eight hundredths of its sides, a little askew. */
const barDrawn: Attack = (original) => {
	const { width, height } = original;
	const [across = 0, down = 0, askew = 0] = places(original);
	const [x, y] = [across * 0.7 * width, (0.05 + down * 0.8) * height];
	const bar = `<rect x="${x}" y="${y}" width="${0.3 * width}" height="${0.08 * height}" transform="rotate(${askew * 20 - 10},${x},${y})"/>`;
	return from(original)
		.composite([{ input: drawn(width, height, bar) }])
		.jpeg({ quality: 85 })
		.toBuffer();
};

/** The known picture within another one, at that share of its sides. */
const within =
	(share: number): Attack =>
	async (original) => {
		const { width, height } = original;
		const [inner, innerHeight] = [Math.round(width * share), Math.round(height * share)];
		const input = await from(original).resize(inner, innerHeight, { fit: "fill" }).toBuffer();
		return sharp(await other(original, width, height))
			.composite([{ input, left: Math.round((width - inner) / 3), top: Math.round((height - innerHeight) / 2) }])
			.jpeg({ quality: 85 })
			.toBuffer();
	};

/** Pictures in rows and columns; the known one is the last. */
const collage =
	(columns: number, rows: number): Attack =>
	async (original) => {
		const [width, height] = [Math.round(1_200 / columns), Math.round(900 / rows)];
		const strange = await other(original, width, height);
		const known = await from(original).resize(width, height, { fit: "fill" }).toBuffer();
		const tiles = Array.from({ length: columns * rows }, (_, at) => ({
			input: at === columns * rows - 1 ? known : strange,
			left: (at % columns) * width,
			top: Math.floor(at / columns) * height,
		}));
		return sharp({ create: { width: columns * width, height: rows * height, channels: 3, background: "#ffffff" } })
			.composite(tiles)
			.jpeg({ quality: 85 })
			.toBuffer();
	};

const roundedCorners: Attack = async (original) => {
	const { width, height } = original;
	const mask = drawn(
		width,
		height,
		`<rect width="100%" height="100%" rx="${Math.round(Math.min(width, height) * 0.15)}"/>`,
	);
	const cut = await from(original)
		.ensureAlpha()
		.composite([{ input: mask, blend: "dest-in" }])
		.png()
		.toBuffer();
	return sharp(cut).flatten({ background: "#ffffff" }).jpeg({ quality: 85 }).toBuffer();
};

const blurredSides: Attack = async (original) => {
	const width = Math.round(original.width * 1.6);
	const ground = await from(original)
		.resize(width, original.height, { fit: "cover" })
		.blur(Math.max(10, original.height / 24))
		.toBuffer();
	return sharp(ground)
		.composite([{ input: original.jpeg, left: Math.round((width - original.width) / 2), top: 0 }])
		.jpeg({ quality: 85 })
		.toBuffer();
};

export const attacks: Readonly<Record<string, Attack>> = {
	"recompress, quality 30": (original) => from(original).jpeg({ quality: 30 }).toBuffer(),
	"resize to 25 %": (original) =>
		from(original)
			.resize({ width: Math.round(original.width / 4) })
			.jpeg({ quality: 85 })
			.toBuffer(),
	"gamma 1.8": (original) => from(original).gamma(1.8, 1).jpeg({ quality: 85 }).toBuffer(),
	"blur, sigma 3": (original) => from(original).blur(3).jpeg({ quality: 85 }).toBuffer(),
	"noise, sigma 25": async (original) => {
		const { width, height } = original;
		const noise = { type: "gaussian", mean: 128, sigma: 25 } as const;
		const grain = await sharp({ create: { width, height, channels: 3, background: "#808080", noise } })
			.png()
			.toBuffer();
		return from(original)
			.composite([{ input: grain, blend: "soft-light" }])
			.jpeg({ quality: 85 })
			.toBuffer();
	},
	watermark: (original) =>
		from(original)
			.composite([{ input: watermark(original) }])
			.jpeg({ quality: 85 })
			.toBuffer(),
	negative: (original) => from(original).negate().jpeg({ quality: 85 }).toBuffer(),
	"negative and mirror": mirrored((original) => from(original).negate().jpeg({ quality: 85 }).toBuffer()),
	mirror: (original) => from(original).flop().jpeg({ quality: 85 }).toBuffer(),
	"turn by 90°": (original) => from(original).rotate(90).jpeg({ quality: 85 }).toBuffer(),
	"border 20 %, above and below": border((_, y) => ({ top: y, bottom: y, left: 0, right: 0 })),
	"border 20 %, all sides": border((x, y) => ({ top: y, bottom: y, left: x, right: x })),
	"border 20 % and mirror": mirrored(border((_, y) => ({ top: y, bottom: y, left: 0, right: 0 }))),
	"crop 5 %": cropAround(0.05),
	"crop 10 %": cropAround(0.1),
	"strip of 5 % cut off the foot": crop({ bottom: 0.05 }),
	"strip of 10 % cut off the foot": crop({ bottom: 0.1 }),
	"strip of 10 % cut off the head": crop({ top: 0.1 }),
	"strip of 10 % cut off a side": crop({ left: 0.1 }),
	"strip of 10 % cut off the other side": crop({ right: 0.1 }),
	"5 % cut off head and foot each": crop({ top: 0.05, bottom: 0.05 }),
	"5 % cut off the foot and a side": crop({ bottom: 0.05, left: 0.05 }),
	"strip of 5 % cut off the foot, and mirror": mirrored(crop({ bottom: 0.05 })),
	"rotate 2°": tilt(2),
	"rotate 3°": tilt(3),
	"rotate 4°": tilt(4),
	"rotate 7°": tilt(7),
	"rotate 10°": tilt(10),
	"rotate 10° the other way": tilt(-10),
	"rotate 2° and crop": tiltAndCrop(2),
	"rotate 3° and crop": tiltAndCrop(3),
	"rotate 4° and mirror": mirrored(tilt(4)),
	"phone frame with marks": onPhone,
	"caption bar with text": captioned,
	"bar of words across the middle": barred,
	"box of words in a corner": signed,
	"6 % covered by another picture": covered(0.06),
	"10 % covered by another picture": covered(0.1),
	"10 % covered in the very middle": covered(0.1, "middle"),
	"a round sticker anywhere, 8 % of it": withSticker,
	"a bar drawn anywhere, 2.4 % of it": barDrawn,
	"within another picture, half its sides": within(0.5),
	"within another picture, 10 % of its area": within(Math.sqrt(0.1)),
	"rounded corners": roundedCorners,
	"blurred fill at the sides": blurredSides,
	"collage 2×2": collage(2, 2),
	"collage 1×3": collage(3, 1),
	"collage 1×2": collage(2, 1),
};
