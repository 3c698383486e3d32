// FFmpeg compiled to WebAssembly (@ffmpeg/core). It has no files but those that it is given here, no network and no threads, and its
// memory is its own: what goes wrong in it ends there, or with the process around it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The part of the standard's namespace that is needed here; TypeScript declares it only for browsers. */
declare const WebAssembly: {
	compile(bytes: Uint8Array): Promise<object>;
	instantiate(module: object, imports: object): Promise<object>;
};

interface OutputDevice {
	open(): void;
	close(): void;
	read(): number;
	write(stream: unknown, heap: Int8Array, offset: number, length: number): number;
	llseek(): number;
}

interface FfmpegCore {
	readonly FS: {
		writeFile(path: string, bytes: Uint8Array, options: { readonly canOwn: true }): void;
		makedev(major: number, minor: number): number;
		registerDevice(device: number, operations: OutputDevice): void;
		mkdev(path: string, device: number): void;
		readonly ErrnoError: new (errno: number) => Error;
	};
	setLogger(logger: (line: { readonly message: string }) => void): void;
	/** Ends `exec` after so long, between two packets. */
	setTimeout(timeoutMs: number): void;
	reset(): void;
	/** Returns once it is through. */
	exec(...args: readonly string[]): number;
}

type CreateCore = (options: object) => Promise<FfmpegCore>;

/** The package wants a page around it, and these names, to find files that it is given here. */
const inPage = { mainScriptUrlOrBlob: `x#${btoa('{"wasmURL":"","workerURL":""}')}` };
Object.assign(globalThis, { self: globalThis, location: { href: "" } });

const folder = join(dirname(createRequire(import.meta.url).resolve("@ffmpeg/core")), "../esm");
const { default: createCore }: { readonly default: CreateCore } = await import(
	pathToFileURL(join(folder, "ffmpeg-core.js")).href
);
const compiled = await WebAssembly.compile(await readFile(join(folder, "ffmpeg-core.wasm")));

interface Listener {
	/** Gets the output, piece by piece, and answers false to have no more of it; a piece is not valid after it returns. */
	onOutput(chunk: Uint8Array): boolean;
	onLine(line: string): void;
}

export const inputPath = "/input";
export const outputPath = "/output";

/** Runs with this input, again and again, each with its own arguments; the answer of a run is whether it came to its end. */
export async function openFfmpeg(
	bytes: Uint8Array,
	{ onOutput, onLine }: Listener,
): Promise<(args: readonly string[], timeoutMs: number) => boolean> {
	const core = await createCore({
		...inPage,
		instantiateWasm(imports: object, done: (instance: object) => void) {
			WebAssembly.instantiate(compiled, imports).then(done, () => undefined);
			return {};
		},
	});
	const { FS } = core;
	// Not copied: it is read where it lies.
	FS.writeFile(inputPath, bytes, { canOwn: true });
	const device = FS.makedev(64, 0);
	const ioError = 29;
	FS.registerDevice(device, {
		open: () => undefined,
		close: () => undefined,
		read: () => 0,
		llseek: () => 0,
		write(_stream, heap, offset, length) {
			if (!onOutput(new Uint8Array(heap.buffer, offset, length))) throw new FS.ErrnoError(ioError);
			return length;
		},
	});
	FS.mkdev(outputPath, device);
	core.setLogger(({ message }) => onLine(message));
	return (args, timeoutMs) => {
		core.reset();
		core.setTimeout(Math.max(1, Math.floor(timeoutMs)));
		return core.exec(...args) === 0;
	};
}
