import { z } from "zod";
import type { Weights } from "./network.ts";

const layer = z.object({
	class_name: z.string(),
	config: z.looseObject({ name: z.string() }),
	inbound_nodes: z.array(z.array(z.tuple([z.string(), z.number(), z.number()], z.unknown()))),
});

const weightEntry = z.object({
	name: z.string(),
	shape: z.array(z.number().int().positive()),
	dtype: z.literal("float32"),
	quantization: z.object({ min: z.number(), scale: z.number(), dtype: z.enum(["uint8", "uint16"]) }).optional(),
});

const layersModel = z.object({
	modelTopology: z.object({
		model_config: z.object({
			config: z.object({
				layers: z.array(layer),
				output_layers: z.array(z.tuple([z.string(), z.number(), z.number()])).length(1),
			}),
		}),
	}),
	weightsManifest: z.array(z.object({ weights: z.array(weightEntry) })),
});

export interface Layer {
	readonly kind: string;
	readonly name: string;
	readonly config: Readonly<Record<string, unknown>>;
	readonly inputs: readonly string[];
}

/** A Keras network as TensorFlow.js stores it ("layers model"), weights dequantized. */
export interface LayersModel {
	readonly layers: readonly Layer[];
	readonly output: string;
	readonly weights: ReadonlyMap<string, Weights>;
}

type WeightEntry = z.infer<typeof weightEntry>;

const bytesPerValue = { float32: 4, uint8: 1, uint16: 2 } as const;

/** Reads a layers model: `topology` is the parsed model.json, `bytes` its weight files one after another. Throws where they disagree. */
export function readLayersModel(topology: unknown, bytes: Uint8Array): LayersModel {
	const model = layersModel.parse(topology);
	const { layers, output_layers } = model.modelTopology.model_config.config;
	const weights = new Map<string, Weights>();
	let offset = 0;
	for (const entry of model.weightsManifest.flatMap((group) => group.weights)) {
		const length = entry.shape.reduce((product, size) => product * size, 1);
		const end = offset + length * bytesPerValue[entry.quantization?.dtype ?? "float32"];
		if (end > bytes.length) throw new Error("the weight file is shorter than its manifest says");
		weights.set(entry.name, { shape: entry.shape, values: dequantize(entry, bytes.slice(offset, end), length) });
		offset = end;
	}
	if (offset !== bytes.length) throw new Error("the weight file is longer than its manifest says");
	return {
		layers: layers.map(({ class_name, config, inbound_nodes }) => ({
			kind: class_name,
			name: config.name,
			config,
			inputs: (inbound_nodes[0] ?? []).map(([name]) => name),
		})),
		output: output_layers[0]?.[0] ?? "",
		weights,
	};
}

/** Affine: value = stored × scale + min, rounded to float32 as TensorFlow.js does. `bytes` is a copy and thereby aligned. */
function dequantize({ quantization }: WeightEntry, bytes: Uint8Array, length: number): Float32Array {
	if (quantization === undefined) return new Float32Array(bytes.buffer, 0, length);
	const stored = quantization.dtype === "uint8" ? bytes : new Uint16Array(bytes.buffer, 0, length);
	const values = new Float32Array(length);
	for (let index = 0; index < length; index++)
		values[index] = (stored[index] ?? 0) * quantization.scale + quantization.min;
	return values;
}
