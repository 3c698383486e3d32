import { readdir } from "node:fs/promises";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

export interface SourceNode {
	readonly type: string;
	readonly [field: string]: unknown;
}

/** Every node of a syntax tree, as swc makes it. */
export function* nodesOf(tree: unknown): Generator<SourceNode> {
	if (typeof tree !== "object" || tree === null) return;
	if ("type" in tree && typeof tree.type === "string") yield { ...tree, type: tree.type };
	for (const child of Object.values(tree)) yield* nodesOf(child);
}

/** TypeScript files below a folder of the repository, by their paths in it. */
export async function sourcesIn(folder: string): Promise<readonly string[]> {
	const names = await readdir(fromPackageRoot(folder), { recursive: true });
	return names.filter((name) => /\.tsx?$/.test(name)).map((name) => `${folder}/${name}`);
}
