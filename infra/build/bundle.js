// Puts what starts as a process or thread of its own into few files, with the libraries that are made of many: to find, read and link two
// thousand modules took most of a start. dist/ keeps what tsc made of each file, too; benchmarks and faults load that. Why, and what it
// saves: infra/decisions/0520-bundled-entries.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { rolldown } from "rolldown";

const source = resolve("services");
const target = "dist/services";
const chunks = "chunks";

/** With what they stand on. All others that we name ourselves stay where npm put them: they are native, find files beside them, or are seldom loaded. */
const bundledPackages = new Set([
	...["zod", "kysely", "pg", "bullmq", "prom-client", "undici"],
	...[
		"fastify",
		"@fastify/cookie",
		"@fastify/formbody",
		"@fastify/rate-limit",
		"@fastify/swagger",
		"fastify-type-provider-zod",
	],
	...["commander", "cli-progress", "tldts", "@marcbachmann/cel-js", "temporal-polyfill", "file-type"],
]);
const { dependencies, optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const apart = Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !bundledPackages.has(name));
const isApart = (specifier) => apart.some((name) => specifier === name || specifier.startsWith(`${name}/`));

const isEntry = (file) => file === "cli/main.ts" || file.endsWith(".worker.ts");
const entries = readdirSync(source, { recursive: true })
	.map((file) => file.replaceAll("\\", "/"))
	.filter(isEntry)
	.map((file) => [file.replace(/\.ts$/, ""), join(source, file)]);

const mark = "bundled-from:";

/** Modules find workers and folders from where they stand themselves; within a bundle, from where they would stand in dist/. */
const keepPlaces = {
	name: "keep-places",
	transform(code, file) {
		if (!file.startsWith(`${source}/`) || !code.includes("import.meta.url")) return null;
		const place = file.slice(source.length + 1).replace(/\.ts$/, ".js");
		// `map: null`: lines stay where they are.
		return { code: code.replaceAll("import.meta.url", `new URL("${mark}${place}", import.meta.url).href`), map: null };
	},
	renderChunk(code, { fileName }) {
		const up = posix.relative(posix.dirname(fileName), ".") || ".";
		return code.includes(mark) ? { code: code.replaceAll(mark, `${up}/`), map: null } : null;
	},
};

const bundle = await rolldown({
	input: Object.fromEntries(entries),
	platform: "node",
	external: (specifier) => specifier.startsWith("node:") || isApart(specifier),
	plugins: [keepPlaces],
	transform: { target: "es2023" },
});
const { output } = await bundle.generate({
	dir: target,
	format: "esm",
	entryFileNames: "[name].js",
	chunkFileNames: `${chunks}/[name]-[hash].js`,
	sourcemap: true,
	sourcemapExcludeSources: true,
});
await bundle.close();

// Whatever runs meanwhile finds its files as they were: those that are the same are left alone, and old ones go last.
for (const { fileName, ...file } of output) {
	const path = join(target, fileName);
	const content = file.type === "chunk" ? file.code : file.source;
	if (existsSync(path) && readFileSync(path, "utf8") === content) continue;
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, content);
}
const made = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync(join(target, chunks)))
	if (!made.has(`${chunks}/${name}`)) rmSync(join(target, chunks, name));
