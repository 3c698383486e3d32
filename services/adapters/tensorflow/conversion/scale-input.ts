import { inputName, type Network } from "./network.ts";

/**
 * The same network for inputs that have not been multiplied by `scale` yet: its first kernel does it. Exact at padded edges
 * too, as zero stays zero. Throws where anything but one convolution reads the input.
 */
export function scaleInput(network: Network, scale: number): Network {
	const readers = network.nodes.filter(({ inputs }) => inputs.includes(inputName));
	const [first] = readers;
	if (readers.length !== 1 || first?.kind !== "conv") throw new Error("only a convolution can take over the scale");
	const kernel = { shape: first.kernel.shape, values: first.kernel.values.map((value) => value * scale) };
	return { ...network, nodes: network.nodes.map((node) => (node === first ? { ...first, kernel } : node)) };
}
