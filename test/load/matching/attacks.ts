// What people do to a picture so that it is not recognized, or without thinking of it.
import sharp from "sharp";

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
	mirror: (original) => from(original).flop().jpeg({ quality: 85 }).toBuffer(),
	"turn by 90°": (original) => from(original).rotate(90).jpeg({ quality: 85 }).toBuffer(),
	"border 20 %, above and below": border((_, y) => ({ top: y, bottom: y, left: 0, right: 0 })),
	"border 20 %, all sides": border((x, y) => ({ top: y, bottom: y, left: x, right: x })),
	"border 20 % and mirror": mirrored(border((_, y) => ({ top: y, bottom: y, left: 0, right: 0 }))),
	"crop 5 %": cropAround(0.05),
	"crop 10 %": cropAround(0.1),
	"strip of 5 % cut off the foot": crop({ bottom: 0.05 }),
	"strip of 10 % cut off the foot": crop({ bottom: 0.1 }),
	"strip of 10 % cut off a side": crop({ left: 0.1 }),
	"5 % cut off head and foot each": crop({ top: 0.05, bottom: 0.05 }),
	"strip of 5 % cut off the foot, and mirror": mirrored(crop({ bottom: 0.05 })),
	"rotate 2°": tilt(2),
	"rotate 4°": tilt(4),
	"rotate 2° and crop": tiltAndCrop(2),
	"rotate 4° and mirror": mirrored(tilt(4)),
};
