import { type Backend, usageOf } from "./backend.ts";
import type { Network } from "./conversion/network.ts";
import { toOnnx } from "./conversion/onnx-writer.ts";

interface Tensor {
	readonly data: Float32Array;
}

interface Session {
	readonly inputNames: readonly string[];
	readonly outputNames: readonly string[];
	run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

/** What is used of onnxruntime-node. npm leaves the package out where it cannot be installed, and its types with it. */
interface OnnxRuntime {
	readonly InferenceSession: {
		create(model: Uint8Array, options: Readonly<Record<string, string | number>>): Promise<Session>;
	};
	readonly Tensor: new (type: "float32", values: Float32Array, shape: readonly number[]) => Tensor;
}

/** ONNX Runtime's processor library, which npm brings along, running the same weights. Rejects where there is none for this machine. */
export async function openOnnxBackend(network: Network): Promise<Backend> {
	const { InferenceSession, Tensor } = await importOnnxRuntime();
	// One core for each picture, as on TensorFlow's native library. Errors are ours to tell: it would write among our logs.
	const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential", logSeverityLevel: 4 };
	const session = await InferenceSession.create(toOnnx(network), options);
	const [input = ""] = session.inputNames;
	const [output = ""] = session.outputNames;
	return {
		async predict(pixels, count) {
			const answers = await session.run({ [input]: new Tensor("float32", pixels, [count, ...network.inputShape]) });
			const answer = answers[output];
			if (answer === undefined) throw new Error("the model has no output");
			return Float32Array.from(answer.data);
		},
		// Its tensors are JavaScript's own memory; nothing is left to be given back.
		usage: () => usageOf({ numTensors: 0, numBytes: 0 }),
	};
}

async function importOnnxRuntime(): Promise<OnnxRuntime> {
	// A variable keeps the compiler from asking for a package that may rightly be missing.
	const name = "onnxruntime-node";
	const loaded: { readonly default: OnnxRuntime } = await import(name);
	return loaded.default;
}
