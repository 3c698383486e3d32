import { getHeapStatistics } from "node:v8";

/** One loaded model on one backend, inside a worker thread. */
export interface Backend {
	/** `count` pictures end to end, as the model takes them → `count` rows of output, end to end. Rejects where the backend fails. */
	predict(pixels: Float32Array, count: number): Promise<Float32Array>;
	usage(): Usage;
}

/** What the thread holds on to. Tensors must not grow from one batch to the next. */
export interface Usage {
	readonly tensors: number;
	/** Tensors, the thread's heap, and what lies outside of it: WebAssembly's memory, buffers. */
	readonly bytes: number;
}

/** `memory` as TensorFlow.js tells it. Memory inside a native library's own arenas is visible to nobody but the system. */
export function usageOf(memory: { readonly numTensors: number; readonly numBytes: number }): Usage {
	const { total_heap_size, external_memory } = getHeapStatistics();
	return { tensors: memory.numTensors, bytes: memory.numBytes + total_heap_size + external_memory };
}
