// FFmpeg compiled to WebAssembly (@ffmpeg/core). It has no files but those that it is given here, no network and no threads, and its
// memory is its own: what goes wrong in it ends there, or with the process around it.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Ffmpeg, inputPath, type Listener, outputPath, type VideoSource } from "./ffmpeg.ts";

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

type RangeRead = readonly [stream: unknown, heap: Int8Array, offset: number, length: number, position: number];

interface FileNode {
	stream_ops: {
		read(...place: RangeRead): number;
	};
}

interface FfmpegCore {
	readonly FS: {
		lookupPath(path: string): { readonly node: FileNode };
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

export async function openPacked(source: VideoSource, { onOutput, onLine }: Listener): Promise<Ffmpeg> {
	const core = await createCore({
		...inPage,
		instantiateWasm(imports: object, done: (instance: object) => void) {
			WebAssembly.instantiate(compiled, imports).then(done, () => undefined);
			return {};
		},
	});
	const { FS } = core;
	// Not copied: it is read where it lies.
	FS.writeFile(inputPath, source instanceof Uint8Array ? source : new Uint8Array(0), { canOwn: true });
	const file = source instanceof Uint8Array ? null : openSync(source.path, "r");
	if (file !== null) readByRange(FS.lookupPath(inputPath).node, file);
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
	return {
		async run(args, timeoutMs) {
			core.reset();
			core.setTimeout(Math.max(1, Math.floor(timeoutMs)));
			return core.exec(...args) === 0;
		},
		[Symbol.asyncDispose]: async () => {
			if (file !== null) closeSync(file);
		},
	};
}

/** Makes a file of FFmpeg's one outside. */
function readByRange(node: FileNode, file: number): void {
	const { size } = fstatSync(file);
	Object.defineProperty(node, "usedBytes", { get: () => size });
	node.stream_ops = {
		...node.stream_ops,
		read: (...[, heap, offset, length, position]) => readSync(file, heap, offset, length, position),
	};
}
