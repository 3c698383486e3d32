import { z } from "zod";
import type { Layer, LayersModel } from "./layers-model.ts";
import {
	type Activation,
	type ConvolutionNode,
	inputName,
	type Network,
	type NetworkNode,
	type Padding,
	type Weights,
} from "./network.ts";

const pair = z.tuple([z.number(), z.number()]);
const padding = z.enum(["same", "valid"]).transform((name): Padding => (name === "same" ? "SAME" : "VALID"));
const activation = z.enum(["linear", "relu"]).transform((name): Activation => (name === "linear" ? "none" : "relu"));
const inputConfig = z.object({ batch_input_shape: z.tuple([z.null(), z.number(), z.number(), z.number()]) });
const convConfig = z.object({
	strides: pair,
	padding,
	activation,
	use_bias: z.boolean(),
	dilation_rate: z.tuple([z.literal(1), z.literal(1)]),
	depth_multiplier: z.literal(1).nullish(),
});
const poolConfig = z.object({ pool_size: pair, strides: pair, padding });
const padConfig = z.object({ padding: z.tuple([pair, pair]) });
const batchNormConfig = z.object({ epsilon: z.number(), scale: z.boolean(), center: z.boolean() });
const reluConfig = z.object({ max_value: z.literal(6), threshold: z.literal(0), negative_slope: z.literal(0) });
const activationConfig = z.object({ activation: z.literal("relu") });
const denseConfig = z.object({ activation: z.enum(["linear", "relu", "softmax"]), use_bias: z.literal(true) });
const concatConfig = z.object({ axis: z.union([z.literal(3), z.literal(-1)]) });

/**
 * Turns a layers model into a {@link Network}: batch norms go into the kernels and biases before them, activations into
 * the node they follow, Keras's one-sided padding into SAME. Throws on any layer it cannot carry over exactly.
 */
export function foldLayers(model: LayersModel): Network {
	const folding = new Folding(model);
	for (const layer of model.layers) folding.add(layer);
	return folding.network();
}

class Folding {
	readonly #model: LayersModel;
	readonly #nodes = new Map<string, NetworkNode>();
	/** Layer → the node whose output stands for it now. */
	readonly #standsFor = new Map<string, string>();
	/** Layers that pad one row and one column at the end, by the node they pad. */
	readonly #padded = new Set<string>();
	#inputShape: readonly [number, number, number] | null = null;

	constructor(model: LayersModel) {
		this.#model = model;
	}

	network(): Network {
		const output = this.#standsFor.get(this.#model.output);
		const nodes = [...this.#nodes.values()];
		if (this.#inputShape === null || nodes.at(-1)?.name !== output) throw new Error("the model has no single output");
		return { inputShape: this.#inputShape, nodes };
	}

	add(layer: Layer): void {
		const { name, kind, config } = layer;
		if (!/Conv2D$/.test(kind) && layer.inputs.some((input) => this.#padded.has(input)))
			throw new Error(`${name}: padding can only be carried into a convolution`);
		const inputs = layer.inputs.map((input) => this.#nodeOf(input));
		switch (kind) {
			case "InputLayer": {
				const [, height, width, channels] = inputConfig.parse(config).batch_input_shape;
				this.#inputShape = [height, width, channels];
				this.#standsFor.set(name, inputName);
				return;
			}
			case "Dropout":
				this.#alias(layer, inputs);
				return;
			case "ZeroPadding2D":
				this.#addPadding(layer, inputs);
				return;
			case "Conv2D":
			case "DepthwiseConv2D":
				this.#put(this.#convolution(layer, inputs));
				return;
			case "BatchNormalization":
				this.#foldBatchNorm(layer, inputs);
				return;
			case "ReLU":
				reluConfig.parse(config);
				this.#fuseActivation(layer, inputs, "relu6");
				return;
			case "Activation":
				activationConfig.parse(config);
				this.#fuseActivation(layer, inputs, "relu");
				return;
			case "MaxPooling2D":
			case "AveragePooling2D": {
				const { pool_size: size, strides, padding: pad } = poolConfig.parse(config);
				const poolKind = kind === "MaxPooling2D" ? "max-pool" : "average-pool";
				this.#put({ kind: poolKind, name, inputs, size, strides, padding: pad });
				return;
			}
			case "Add":
				this.#put({ kind: "add", name, inputs });
				return;
			case "Concatenate":
				concatConfig.parse(config);
				this.#put({ kind: "concat", name, inputs });
				return;
			case "Flatten":
				this.#put({ kind: "flatten", name, inputs, length: this.#lengthAfter(layer) });
				return;
			case "Dense":
				this.#addDense(layer, inputs);
				return;
			default:
				throw new Error(`layers of kind ${kind} cannot be carried over`);
		}
	}

	#nodeOf(layer: string): string {
		const node = this.#standsFor.get(layer);
		if (node === undefined) throw new Error(`${layer} is used before it is defined`);
		return node;
	}

	#put(node: NetworkNode): void {
		this.#nodes.set(node.name, node);
		this.#standsFor.set(node.name, node.name);
	}

	#alias(layer: Layer, inputs: readonly string[]): void {
		this.#standsFor.set(layer.name, inputs[0] ?? "");
	}

	/** Keras pads (0,1) before a 3×3 convolution of stride 2; on an even edge that is what SAME means. */
	#addPadding(layer: Layer, inputs: readonly string[]): void {
		const [[top, bottom], [left, right]] = padConfig.parse(layer.config).padding;
		if (top !== 0 || left !== 0 || bottom !== 1 || right !== 1) throw new Error(`${layer.name}: unknown padding`);
		this.#alias(layer, inputs);
		this.#padded.add(layer.name);
	}

	#convolution(layer: Layer, inputs: readonly string[]): ConvolutionNode {
		const config = convConfig.parse(layer.config);
		const isDepthwise = layer.kind === "DepthwiseConv2D";
		const kernel = this.#weights(layer, isDepthwise ? "depthwise_kernel" : "kernel");
		const channels = (isDepthwise ? kernel.shape[2] : kernel.shape[3]) ?? 0;
		const isPadded = layer.inputs.some((input) => this.#padded.has(input));
		if (isPadded && (config.padding !== "VALID" || config.strides.some((s) => s !== 2) || kernel.shape[0] !== 3))
			throw new Error(`${layer.name}: this padding is not SAME`);
		return {
			kind: isDepthwise ? "depthwise-conv" : "conv",
			name: layer.name,
			inputs,
			kernel,
			bias: config.use_bias ? this.#weights(layer, "bias") : { shape: [channels], values: new Float32Array(channels) },
			strides: config.strides,
			padding: isPadded ? "SAME" : config.padding,
			activation: config.activation,
		};
	}

	/** y = γ(x − μ)/√(σ² + ε) + β, with x = k·p + b: scale k by γ/√(σ² + ε) per channel, and move b. */
	#foldBatchNorm(layer: Layer, inputs: readonly string[]): void {
		const node = this.#soleConvolution(layer, inputs);
		const { epsilon, scale, center } = batchNormConfig.parse(layer.config);
		const gamma = scale ? this.#weights(layer, "gamma").values : null;
		const beta = center ? this.#weights(layer, "beta").values : null;
		const mean = this.#weights(layer, "moving_mean").values;
		const variance = this.#weights(layer, "moving_variance").values;
		const channels = mean.length;
		const factors = Float64Array.from(variance, (v, c) => (gamma?.[c] ?? 1) / Math.sqrt(v + epsilon));
		const bias = node.bias.values.map((b, c) => (b - (mean[c] ?? 0)) * (factors[c] ?? 0) + (beta?.[c] ?? 0));
		const kernel = node.kernel.values.map((value, index) => value * (factors[index % channels] ?? 0));
		this.#nodes.set(node.name, {
			...node,
			kernel: { shape: node.kernel.shape, values: kernel },
			bias: { shape: node.bias.shape, values: bias },
		});
		this.#alias(layer, inputs);
	}

	#fuseActivation(layer: Layer, inputs: readonly string[], next: Activation): void {
		const node = this.#soleConvolution(layer, inputs);
		this.#nodes.set(node.name, { ...node, activation: next });
		this.#alias(layer, inputs);
	}

	/** What follows a convolution can go into it only where nothing else reads the convolution's own output. */
	#soleConvolution(layer: Layer, inputs: readonly string[]): ConvolutionNode {
		const node = this.#nodes.get(inputs[0] ?? "");
		const readers = this.#model.layers.filter(({ inputs: read }) => read.includes(layer.inputs[0] ?? ""));
		if (node === undefined || (node.kind !== "conv" && node.kind !== "depthwise-conv") || readers.length !== 1)
			throw new Error(`${layer.name} does not follow a convolution of its own`);
		if (node.activation !== "none") throw new Error(`${layer.name} follows an activation`);
		return node;
	}

	#addDense(layer: Layer, inputs: readonly string[]): void {
		const { activation: name } = denseConfig.parse(layer.config);
		const kernel = this.#weights(layer, "kernel");
		const bias = this.#weights(layer, "bias");
		const fused: Activation = name === "relu" ? "relu" : "none";
		if (name !== "softmax") {
			this.#put({ kind: "dense", name: layer.name, inputs, kernel, bias, activation: fused });
			return;
		}
		const logits = `${layer.name}_logits`;
		this.#put({ kind: "dense", name: logits, inputs, kernel, bias, activation: fused });
		this.#put({ kind: "softmax", name: layer.name, inputs: [logits] });
	}

	/** The length of a flattened picture is the height of the dense kernel that reads it. */
	#lengthAfter(layer: Layer): number {
		const dense = this.#model.layers.find(({ kind, inputs }) => kind === "Dense" && inputs.includes(layer.name));
		const length = dense && this.#weights(dense, "kernel").shape[0];
		if (length === undefined) throw new Error(`${layer.name} is not read by a dense layer`);
		return length;
	}

	#weights(layer: Layer, name: string): Weights {
		const weights = this.#model.weights.get(`${layer.name}/${name}`);
		if (weights === undefined) throw new Error(`${layer.name} has no ${name}`);
		return weights;
	}
}
