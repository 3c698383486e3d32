// Jest's transform: TypeScript by swc, with the language's own globals bound once in each module. Jest runs a module in a vm context,
// where every look-up of a global goes through an interceptor: a loop over `Math.imul` takes ten times as long as outside.
// What a test may replace (Date, timers, fetch, process) is not bound. Nor is anything in what becomes CommonJS (Jest's set-up, which
// runs outside): swc puts code of its own in front there.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import swcJest from "@swc/jest";

const numbers = ["Math", "Number", "BigInt", "DataView", "ArrayBuffer", "Buffer"];
const arrays = [
	"Uint8",
	"Uint8Clamped",
	"Int8",
	"Uint16",
	"Int16",
	"Uint32",
	"Int32",
	"Float32",
	"Float64",
	"BigUint64",
];
const objects = ["Array", "Boolean", "Error", "JSON", "Map", "Object", "Promise", "RegExp", "Set", "String", "Symbol"];
const bound = [...numbers, ...arrays.map((kind) => `${kind}Array`), ...objects];
const ownVersion = createHash("sha256")
	.update(readFileSync(new URL(import.meta.url)))
	.digest("hex");

const isMentioned = (name, source) => new RegExp(`\\b${name}\\b`).test(source);
const isDeclared = (name, source) =>
	new RegExp(`\\b(?:class|function|const|let|var|as)\\s+${name}\\b|\\bimport\\b[^;]*\\b${name}\\b[^;]*\\bfrom\\b`).test(
		source,
	);

/** On the first line, so that the others keep their numbers. A name that the module declares or imports is left alone. */
function bindGlobals(source) {
	const names = bound.filter((name) => isMentioned(name, source) && !isDeclared(name, source));
	return names.length === 0 || source.startsWith("#!")
		? source
		: `const { ${names.join(", ")} } = globalThis; ${source}`;
}

export default {
	createTransformer(options) {
		const swc = swcJest.createTransformer(options);
		return {
			...swc,
			process: (source, file, jest) => swc.process(jest.supportsStaticESM ? bindGlobals(source) : source, file, jest),
			processAsync: (source, ...rest) => swc.processAsync(bindGlobals(source), ...rest),
			getCacheKey: (source, ...rest) => ownVersion + swc.getCacheKey(source, ...rest),
		};
	},
};
