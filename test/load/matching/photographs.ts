import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { Original } from "./attacks.ts";

const packages = ["lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "mate-backgrounds"];
const folders = ["/usr/share/backgrounds", "/usr/share/backgrounds/mate/nature"];
const fewest = 20;
const longestEdge = 1_600;

/** Real photographs of Debian's wallpaper packages, as JPEG. Throws, naming the packages, where they are not installed. */
export async function readPhotographs(): Promise<readonly Original[]> {
	const files = folders.flatMap((folder) =>
		existsSync(folder)
			? readdirSync(folder)
					.filter((name) => name.endsWith(".jpg"))
					.map((name) => join(folder, name))
			: [],
	);
	if (files.length < fewest)
		throw new Error(`the photographs are missing: apt-get install --no-install-recommends ${packages.join(" ")}`);
	const originals: Original[] = [];
	for (const file of files) {
		const { data, info } = await sharp(readFileSync(file))
			.resize({ width: longestEdge, height: longestEdge, fit: "inside", withoutEnlargement: true })
			.jpeg({ quality: 90 })
			.toBuffer({ resolveWithObject: true });
		originals.push({ jpeg: data, width: info.width, height: info.height });
	}
	return originals;
}
