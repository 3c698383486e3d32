// Makes a clip with the FFmpeg that comes with npm, in a process of its own: `node make-clip.js FOLDER OUTPUT ARGUMENT…`. The folder's files
// are there for the arguments to name, `picture-%d.png` all that are numbered so, and the output is written beside them: the last of several that commas divide,
// where the arguments name the others.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, output, ...args] = process.argv;
Object.assign(globalThis, { self: globalThis, location: { href: "" } });
const esm = join(dirname(createRequire(import.meta.url).resolve("@ffmpeg/core")), "../esm");
const { default: createCore } = await import(pathToFileURL(join(esm, "ffmpeg-core.js")).href);
const core = await createCore({
	wasmBinary: readFileSync(join(esm, "ffmpeg-core.wasm")),
	mainScriptUrlOrBlob: `x#${btoa('{"wasmURL":"","workerURL":""}')}`,
});
core.FS.chdir("/tmp");
const isNamed = (file) => args.includes(file) || args.includes(file.replace(/\d+/, "%d"));
for (const file of readdirSync(folder).filter(isNamed)) core.FS.writeFile(file, readFileSync(join(folder, file)));
const lines = [];
core.setLogger(({ message }) => lines.push(message));
const outputs = output.split(",");
if (core.exec("-nostdin", "-y", ...args, outputs.at(-1)) !== 0) throw new Error(lines.slice(-5).join("\n"));
for (const file of outputs) writeFileSync(join(folder, file), core.FS.readFile(file));
