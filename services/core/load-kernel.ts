// Makes an instance of a WebAssembly kernel. Kernels are written as text (*.wat), compiled by infra/build/make-kernels.js, and
// kept as base64 in the file next to them, so that core/ needs no file at run time.

/** The part of the standard's namespace that kernels need; TypeScript declares it only for browsers. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: unknown };
};

export interface KernelMemory {
	/** Replaced whenever the memory grows: views of the old one are then empty. */
	readonly buffer: ArrayBuffer;
	/** By pages of 64 KiB. Throws RangeError beyond 4 GiB, or where the system has no more. */
	grow(pages: number): number;
}

const pageBytes = 65_536;

/** `E` names what the text exports; whoever asks for it answers for that. */
export function loadKernel<E extends { readonly memory: KernelMemory }>(base64: string): E {
	const module = new WebAssembly.Module(Buffer.from(base64, "base64"));
	return new WebAssembly.Instance(module).exports as E;
}

/** Grows the memory, if need be, to hold `bytes`; it never shrinks. */
export function ensureBytes(memory: KernelMemory, bytes: number): void {
	const missing = Math.ceil(bytes / pageBytes) - memory.buffer.byteLength / pageBytes;
	if (missing > 0) memory.grow(missing);
}
