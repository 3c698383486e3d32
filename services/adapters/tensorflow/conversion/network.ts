/**
 * A picture classifier as the writers see it: batch norms folded into their convolutions, activations fused, padding
 * implied. Layouts are TensorFlow's: pictures NHWC, kernels [height, width, in, out], depthwise [height, width, channels, 1].
 */
export interface Network {
	/** Height, width, channels of one picture. */
	readonly inputShape: readonly [number, number, number];
	/** In an order in which every input comes before its use. The last one is the output. */
	readonly nodes: readonly NetworkNode[];
}

export interface Weights {
	readonly shape: readonly number[];
	readonly values: Float32Array;
}

export type Activation = "none" | "relu" | "relu6";
export type Padding = "SAME" | "VALID";
export type Pair = readonly [number, number];

interface NodeBase {
	readonly name: string;
	readonly inputs: readonly string[];
}

export type ConvolutionNode = NodeBase & {
	readonly kind: "conv" | "depthwise-conv";
	readonly kernel: Weights;
	readonly bias: Weights;
	readonly strides: Pair;
	readonly padding: Padding;
	readonly activation: Activation;
};
type PoolNode = NodeBase & {
	readonly kind: "max-pool" | "average-pool";
	readonly size: Pair;
	readonly strides: Pair;
	readonly padding: Padding;
};
type DenseNode = NodeBase & {
	readonly kind: "dense";
	readonly kernel: Weights;
	readonly bias: Weights;
	readonly activation: Activation;
};
/** Zeros around the picture, rows and columns alike, where neither SAME nor VALID says so. */
type PadNode = NodeBase & { readonly kind: "pad"; readonly before: number; readonly after: number };
type FlattenNode = NodeBase & { readonly kind: "flatten"; readonly length: number };
type SimpleNode = NodeBase & { readonly kind: "add" | "concat" | "relu" | "softmax" };
export type NetworkNode = ConvolutionNode | PoolNode | DenseNode | PadNode | FlattenNode | SimpleNode;

/** The name that a network's input goes by in `inputs`. */
export const inputName = "input";
