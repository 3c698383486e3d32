/** One loaded model on one TensorFlow.js backend, inside a worker thread. */
export interface Backend {
	/** `count` pictures end to end, as the model takes them → `count` rows of output, end to end. Throws where the backend fails. */
	predict(pixels: Float32Array, count: number): Float32Array;
	usage(): Usage;
}

/** What the backend holds on to. It must not grow from one batch to the next. */
export interface Usage {
	readonly tensors: number;
	readonly bytes: number;
}
