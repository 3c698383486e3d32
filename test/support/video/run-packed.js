// The FFmpeg that comes with npm, run as a program of the system is: it reads the file that is named, and writes to its standard output.
import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const args = process.argv.slice(2);
const path = args[args.indexOf("-i") + 1];
Object.assign(globalThis, { self: globalThis, location: { href: "" } });
const esm = join(dirname(createRequire(import.meta.url).resolve("@ffmpeg/core")), "../esm");
const { default: createCore } = await import(pathToFileURL(join(esm, "ffmpeg-core.js")).href);
const core = await createCore({
	wasmBinary: readFileSync(join(esm, "ffmpeg-core.wasm")),
	mainScriptUrlOrBlob: `x#${btoa('{"wasmURL":"","workerURL":""}')}`,
});
core.FS.writeFile("/input", readFileSync(path));
core.setLogger(({ message }) => writeSync(2, `${message}\n`));
const named = args.map((one) => (one === path ? "/input" : one === "pipe:1" ? "/output" : one));
const code = core.exec(...named);
try {
	const output = core.FS.readFile("/output");
	for (let at = 0; at < output.length; ) at += writeSync(1, output, at);
} catch {
	// It has written nothing.
}
process.exitCode = code;
