// Finds files that ship beside the code (migrations, models, the built console) from source and from dist/ alike.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findPackageRoot(from: string): string {
	for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
		if (existsSync(join(folder, "package.json"))) return folder;
	}
	throw new Error(`no package.json above ${from}`);
}

const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export function fromPackageRoot(...segments: readonly string[]): string {
	return join(packageRoot, ...segments);
}
