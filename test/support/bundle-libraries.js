// Libraries of a hundred modules and more, each made one file for Jest: it finds, reads, compiles and links a module anew in every test file
// that needs it, and three in ten of those that a process's suite needs are these.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const libraries = ["kysely", "zod", "zod/v4/core"];
const fileOf = (library) => `${library.replaceAll("/", "-")}.mjs`;

/** Answers Jest's `moduleNameMapper`. What the libraries share stays one instance. */
export async function bundleLibraries() {
	const installed = await readFile(new URL("../../package-lock.json", import.meta.url));
	const key = createHash("sha256").update(installed).digest("hex").slice(0, 16);
	// Beside Jest's own cache.
	const folder = join(tmpdir(), `breakwater-jest-${key}`);
	if (!existsSync(folder)) await bundleInto(folder);
	return Object.fromEntries(libraries.map((library) => [`^${library}$`, `${folder}/${fileOf(library)}`]));
}

/** At once: another run may be reading there, or making the same. */
async function bundleInto(folder) {
	const made = await mkdtemp(`${folder}-`);
	const entry = (library) => [fileOf(library), fileURLToPath(import.meta.resolve(library))];
	await build({
		configFile: false,
		logLevel: "warn",
		ssr: { noExternal: true },
		build: {
			ssr: true,
			outDir: made,
			emptyOutDir: false,
			minify: false,
			target: "es2023",
			rollupOptions: {
				input: Object.fromEntries(libraries.map(entry)),
				output: { entryFileNames: "[name]", chunkFileNames: "[name].mjs" },
			},
		},
	});
	await rename(made, folder).catch(() => rm(made, { recursive: true }));
}
