// Tesseract compiled to WebAssembly (tesseract.js-core), with its models of Vietnamese and English. It has no files but those that it is given
// here, no network and no threads; its memory is its own, and ends where it is told.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

interface TessBaseApi {
	/** 0 where it could. */
	Init(folder: string | null, languages: string, engine: number): number;
	SetVariable(name: string, value: string): boolean;
	/** Takes the file `/input`. 1 where it is no picture. */
	SetImageFile(exifOrientation: number, angle: number): number;
	/** 0 where it could. */
	Recognize(monitor: null): number;
	/** Tab-separated: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
	GetTSVText(page: number): string;
	Clear(): void;
}

interface TesseractCore {
	readonly TessBaseAPI: new () => TessBaseApi;
	readonly FS: {
		writeFile(path: string, bytes: Uint8Array): void;
		unlink(path: string): void;
	};
}

type CreateCore = (options: object) => Promise<TesseractCore>;

/** The part of the standard's namespace that is needed here; TypeScript declares it only for browsers. */
declare const WebAssembly: { readonly Memory: { readonly prototype: { grow(pages: number): number } } };

const languages = ["vie", "eng"] as const;
/** The models of neural networks alone (OEM_LSTM_ONLY). */
const engine = 1;
const pageBytes = 65_536;
const inputPath = "/input";

export interface Tesseract {
	/** Null where it is no picture, or cannot be read. */
	recognize(picture: Uint8Array): string | null;
}

/** `settings`: variables of Tesseract's, by name. */
export async function loadTesseract(
	settings: Readonly<Record<string, string>>,
	maxMemoryBytes: number,
): Promise<Tesseract> {
	limitMemory(maxMemoryBytes);
	const require = createRequire(import.meta.url);
	const createCore: CreateCore = require("tesseract.js-core/tesseract-core-simd-lstm.js");
	const wasmBinary = await readFile(require.resolve("tesseract.js-core/tesseract-core-simd-lstm.wasm"));
	const silent = () => undefined;
	const core = await createCore({ wasmBinary, TesseractProgress: silent, print: silent, printErr: silent });
	for (const language of languages) core.FS.writeFile(`${language}.traineddata`, await modelOf(require, language));
	const api = new core.TessBaseAPI();
	if (api.Init(null, languages.join("+"), engine) !== 0) throw new Error("Tesseract did not take its models");
	for (const [name, value] of Object.entries(settings)) api.SetVariable(name, value);
	return {
		recognize(picture) {
			core.FS.writeFile(inputPath, picture);
			try {
				if (api.SetImageFile(1, 0) === 1 || api.Recognize(null) !== 0) return null;
				return api.GetTSVText(0);
			} finally {
				api.Clear();
				core.FS.unlink(inputPath);
			}
		},
	};
}

async function modelOf(require: NodeJS.Require, language: (typeof languages)[number]): Promise<Uint8Array> {
	const folder = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
	return promisify(gunzip)(await readFile(join(folder, "4.0.0_best_int", `${language}.traineddata.gz`)));
}

/** What asks for more than that gets nothing, as where the machine has no more: Tesseract gives up, and its process with it. */
function limitMemory(maxBytes: number): void {
	const { prototype } = WebAssembly.Memory;
	const { grow } = prototype;
	prototype.grow = function (this: { readonly buffer: ArrayBuffer }, pages: number) {
		if (this.buffer.byteLength + pages * pageBytes > maxBytes) throw new RangeError("no more memory for Tesseract");
		return grow.call(this, pages);
	};
}
