// Makes a plane of luma smaller: each pixel becomes the mean of those it stands for, in whole pixels. How small, is not decided here.
import { ensureBytes, type KernelMemory, loadKernel } from "../../load-kernel.ts";
import { longestSide } from "./pdq-planes.ts";
import { shrinkKernelBytes } from "./shrink-kernel-bytes.ts";
import type { LumaPlane } from "./trim-border.ts";

export interface LumaShrinker {
	/** Room for a plane of that size, to be filled before the next call. Its memory stays as large as the largest needed. */
	room(width: number, height: number): Uint8Array;
	/** What the room of that size holds, and goes on holding, made no larger; at most 257 rows into one. Overwritten by the next call. */
	shrink(from: Size, to: Size): LumaPlane;
}

interface Size {
	readonly width: number;
	readonly height: number;
}

interface ShrinkKernel {
	readonly memory: KernelMemory;
	sumRows(from: number, width: number, rows: number): void;
	addUp(upTo: number, width: number): void;
	meanSpans(edges: number, spans: number, rows: number, to: number): void;
}

// Where things lie in the kernel's memory, in bytes: its sums first. Vectors reach 16 lanes past what they are of.
const upToAt = (longestSide + 16) * 2;
const edgesAt = upToAt + (longestSide + 17) * 4;
/** Edges after the last one, for means are made four at once. */
const edgesMore = 4;
const roomAt = edgesAt + (longestSide + 1 + edgesMore) * 4;

export function createLumaShrinker(): LumaShrinker {
	const kernel = loadKernel<ShrinkKernel>(shrinkKernelBytes);
	return {
		room(width, height) {
			if (width < 1 || height < 1 || width > longestSide || height > longestSide)
				throw new RangeError(`there is no room for ${width}×${height}`);
			ensureBytes(kernel.memory, roomAt + width * height + 16);
			return new Uint8Array(kernel.memory.buffer, roomAt, width * height);
		},
		shrink(from, to) {
			if (to.width > from.width || to.height > from.height) throw new RangeError("a plane is not made larger");
			const smallAt = roomAt + from.width * from.height + 16;
			ensureBytes(kernel.memory, smallAt + to.width * to.height + 16);
			const edges = new Uint32Array(kernel.memory.buffer, edgesAt, to.width + 1 + edgesMore);
			for (let at = 0; at < edges.length; at += 1)
				edges[at] = upToAt + 4 * edgeOf(Math.min(at, to.width), from.width, to.width);
			for (let row = 0, first = 0; row < to.height; row += 1) {
				const next = edgeOf(row + 1, from.height, to.height);
				kernel.sumRows(roomAt + first * from.width, from.width, next - first);
				kernel.addUp(upToAt, from.width);
				kernel.meanSpans(edgesAt, to.width, next - first, smallAt + row * to.width);
				first = next;
			}
			return { luma: new Uint8Array(kernel.memory.buffer, smallAt, to.width * to.height), ...to };
		},
	};
}

/** Where part `at` of `parts` begins, to the nearest pixel. */
function edgeOf(at: number, pixels: number, parts: number): number {
	return Math.round((at * pixels) / parts);
}
