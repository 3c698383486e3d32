// Pictures with words on them, drawn in fonts that come as packages: harmless sentences, and invented terms.
import { createRequire } from "node:module";
import sharp from "sharp";

const require = createRequire(import.meta.url);

/** Without serifs (the second with a round a), with them, as of posters, as by hand. */
const fonts = {
	Roboto: () => require.resolve("@expo-google-fonts/roboto/400Regular/Roboto_400Regular.ttf"),
	"Be Vietnam Pro": () => require.resolve("@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf"),
	Lora: () => require.resolve("@expo-google-fonts/lora/400Regular/Lora_400Regular.ttf"),
	Anton: () => require.resolve("@expo-google-fonts/anton/400Regular/Anton_400Regular.ttf"),
	"Patrick Hand": () => require.resolve("@expo-google-fonts/patrick-hand/400Regular/PatrickHand_400Regular.ttf"),
} as const;
export type Font = keyof typeof fonts;
export const fontNames = Object.keys(fonts) as readonly Font[];

export interface Lettering {
	readonly font?: Font;
	/** Of the letters, pixels. */
	readonly sizePixels?: number;
	/** Behind it; white where it is left out, and then the letters are black, else white with dark edges. */
	readonly ground?: Uint8Array;
	/** Of gaussian noise laid over all of it, grey levels. */
	readonly noise?: number;
}

const size = { width: 900, height: 600 };
const dotsPerInch = 72;

/** A PNG. */
export async function drawWords(text: string, lettering: Lettering = {}): Promise<Buffer> {
	const { font = "Roboto", sizePixels = 28, ground, noise = 0 } = lettering;
	const letters = await sharp({
		text: {
			...{ text: escaped(text), font: `${font} ${sizePixels}`, fontfile: fonts[font](), dpi: dotsPerInch },
			...{ width: size.width - 80, wrap: "word" as const },
		},
	})
		.toColourspace("b-w")
		.png()
		.toBuffer();
	const behind =
		ground === undefined
			? sharp({ create: { ...size, channels: 3, background: "#ffffff" } })
			: sharp(ground).resize({ ...size, fit: "cover" });
	const layers =
		ground === undefined
			? [await colored(letters, "#101010")]
			: [await colored(await thickened(letters), "#101010"), await colored(letters, "#ffffff")];
	const drawn = await behind
		.composite(layers.map((input) => ({ input, left: 40, top: 40 })))
		.png()
		.toBuffer();
	return noise === 0 ? drawn : noisy(drawn, noise);
}

/** Letters as a mask become letters of a color. */
async function colored(mask: Uint8Array, color: string): Promise<Buffer> {
	const { width, height } = await sharp(mask).metadata();
	const alpha = await sharp(mask).extractChannel(0).raw().toBuffer();
	return sharp({ create: { width, height, channels: 3, background: color } })
		.joinChannel(alpha, { raw: { width, height, channels: 1 } })
		.png()
		.toBuffer();
}

const thickened = (mask: Uint8Array) => sharp(mask).erode(2).png().toBuffer();

async function noisy(picture: Uint8Array, sigma: number): Promise<Buffer> {
	const noise = await sharp({
		create: { ...size, channels: 3, background: "#808080", noise: { type: "gaussian", mean: 128, sigma } },
	})
		.removeAlpha()
		.raw()
		.toBuffer();
	const pixels = await sharp(picture).removeAlpha().raw().toBuffer();
	const both = pixels.map((level, at) => Math.max(0, Math.min(255, level + (noise[at] ?? 128) - 128)));
	return sharp(both, { raw: { ...size, channels: 3 } })
		.png({ compressionLevel: 1 })
		.toBuffer();
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
