import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fromPackageRoot } from "./package-root.ts";

/**
 * The compiled file of a worker beside the caller. Worker threads run plain JavaScript, so a caller that itself runs from
 * source (tests) is sent to the copy in dist/, and told where that was not built.
 */
export function workerFile(callerUrl: string, specifier: `./${string}.worker.ts`): string {
	return compiledFile(new URL(specifier, callerUrl), callerUrl.endsWith(".ts"));
}

/** The compiled file of a module; `isSource` where the asking code itself runs from source. */
export function compiledFile(module: URL, isSource: boolean): string {
	const compiled = fileURLToPath(module).replace(/\.ts$/, ".js");
	if (!isSource) return compiled;
	const built = fromPackageRoot("dist", relative(fromPackageRoot(), compiled));
	if (!existsSync(built)) throw new Error(`${relative(fromPackageRoot(), built)} is missing: npm run build`);
	return built;
}
