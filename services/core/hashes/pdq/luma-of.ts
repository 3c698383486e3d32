// From colors to luma in whole numbers, which is what pictures are looked at and trimmed by. PDQ's own luma, in single precision, is
// the hasher's.
import { type KernelMemory, loadKernel } from "../../load-kernel.ts";
import { lumaKernelBytes } from "./luma-kernel-bytes.ts";
import type { LumaPlane } from "./trim-border.ts";

interface LumaKernel {
	readonly memory: KernelMemory;
	lumaOfRgb(from: number, pixels: number, to: number): void;
}

/** Pixels at once: what they take stays in the processor's nearest cache. A multiple of the 16 that the kernel works on. */
const pixelsAtOnce = 8_192;
const lumaAt = pixelsAtOnce * 3;
let kernel: LumaKernel | null = null;

/** By ITU-R BT.601, rounded. `rgb` holds width×height×3 bytes; `room` takes the luma. */
export function lumaOf(
	rgb: Uint8Array,
	width: number,
	height: number,
	room: Uint8Array = new Uint8Array(width * height),
): LumaPlane {
	kernel ??= loadKernel<LumaKernel>(lumaKernelBytes);
	const memory = new Uint8Array(kernel.memory.buffer);
	const luma = room.subarray(0, width * height);
	for (let first = 0; first < luma.length; first += pixelsAtOnce) {
		const pixels = Math.min(pixelsAtOnce, luma.length - first);
		memory.set(rgb.subarray(first * 3, (first + pixels) * 3));
		kernel.lumaOfRgb(0, pixels, lumaAt);
		luma.set(memory.subarray(lumaAt, lumaAt + pixels), first);
	}
	return { luma, width, height };
}
