// What a worker process runs to make a clip with the FFmpeg that comes with npm.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

Object.assign(globalThis, { self: globalThis, location: { href: "" } });
const esm = join(dirname(createRequire(import.meta.url).resolve("@ffmpeg/core")), "../esm");
const { default: createCore } = await import(pathToFileURL(join(esm, "ffmpeg-core.js")).href);
const compiled = await WebAssembly.compile(readFileSync(join(esm, "ffmpeg-core.wasm")));

/**
 * The folder's files are there for the arguments to name, `picture-%d.png` all that are numbered so. The outputs are written beside them: the last
 * one ends the arguments, which name the others.
 */
export default async function makeClip({ folder, outputs, args }) {
	const core = await createCore({
		mainScriptUrlOrBlob: `x#${btoa('{"wasmURL":"","workerURL":""}')}`,
		instantiateWasm(imports, done) {
			WebAssembly.instantiate(compiled, imports).then(done);
			return {};
		},
	});
	core.FS.chdir("/tmp");
	const isNamed = (file) => args.includes(file) || args.includes(file.replace(/\d+/, "%d"));
	for (const file of readdirSync(folder).filter(isNamed)) core.FS.writeFile(file, readFileSync(join(folder, file)));
	const lines = [];
	core.setLogger(({ message }) => lines.push(message));
	if (core.exec("-nostdin", "-y", ...args, outputs.at(-1)) !== 0) throw new Error(lines.slice(-5).join("\n"));
	for (const file of outputs) writeFileSync(join(folder, file), core.FS.readFile(file));
}
