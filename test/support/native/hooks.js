// Node's module hooks for tests: TypeScript becomes JavaScript by swc, and `@jest/globals` is the running file's.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "@swc/core";

const options = {
	jsc: {
		target: "es2022",
		parser: { syntax: "typescript" },
		experimental: { keepImportAttributes: true },
	},
	module: { type: "es6" },
	sourceMaps: "inline",
	swcrc: false,
	configFile: false,
};

export function resolve(specifier, context, next) {
	if (specifier === "@jest/globals") {
		return { url: new URL("./globals.js", import.meta.url).href, shortCircuit: true };
	}
	return next(specifier, context);
}

export async function load(url, context, next) {
	if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
	const filename = fileURLToPath(url);
	const { code } = await transform(await readFile(filename, "utf8"), { ...options, filename });
	return { format: "module", source: code, shortCircuit: true };
}
