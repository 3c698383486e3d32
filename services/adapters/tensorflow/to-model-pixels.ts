import type { ModelInput } from "../../core/scoring/model-registry.ts";

/** RGB bytes of pictures laid end to end → the numbers that the model takes, in its own color order. */
export function toModelPixels(rgb: Uint8Array, { colorOrder, mean, scale }: ModelInput): Float32Array {
	const tables = mean.map((zero) => Float32Array.from({ length: 256 }, (_, value) => (value - zero) * scale));
	const [first = new Float32Array(256), second = first, third = first] = tables;
	const [red, blue] = colorOrder === "rgb" ? [0, 2] : [2, 0];
	const pixels = new Float32Array(rgb.length);
	for (let at = 0; at < rgb.length; at += 3) {
		pixels[at] = first[rgb[at + red] ?? 0] ?? 0;
		pixels[at + 1] = second[rgb[at + 1] ?? 0] ?? 0;
		pixels[at + 2] = third[rgb[at + blue] ?? 0] ?? 0;
	}
	return pixels;
}
