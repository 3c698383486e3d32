import type { Model } from "../../../services/core/scoring/model-registry.ts";
import type { PublishedFile, RunOriginal } from "../recipe.ts";

/** What is used of onnxruntime-node. */
interface OnnxRuntime {
	readonly InferenceSession: {
		create(
			model: Uint8Array,
			options: { readonly logSeverityLevel: number },
		): Promise<{
			readonly inputNames: readonly string[];
			readonly outputNames: readonly string[];
			run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
		}>;
	};
	readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => unknown;
}

/** Only errors: the file's initializers are inputs as well, of which every load would warn. */
const logSeverityLevel = 3;

/** The ONNX file as published, on ONNX Runtime. */
export async function openOnnxModel(
	[file]: readonly PublishedFile[],
	{ input: { size } }: Model,
	require: NodeJS.Require,
): Promise<RunOriginal> {
	const { InferenceSession, Tensor }: OnnxRuntime = require("onnxruntime-node");
	const session = await InferenceSession.create(file?.bytes ?? new Uint8Array(), { logSeverityLevel });
	const [input = ""] = session.inputNames;
	const [output = ""] = session.outputNames;
	return async (pixels) => {
		const results = await session.run({ [input]: new Tensor("float32", pixels, [1, size, size, 3]) });
		return [...(results[output]?.data ?? [])];
	};
}
