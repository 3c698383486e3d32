import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const run = promisify(execFile);

/** Builds the console with the kinds made up for tests; answers the folder that it was built into. */
export async function buildPageWithNewKinds(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-console-"));
	const vite = fromPackageRoot("node_modules", "vite", "bin", "vite.js");
	const config = fromPackageRoot("test", "support", "new-kinds", "vite.config.ts");
	await run(process.execPath, [vite, "build", "--logLevel", "warn", "--config", config, "--outDir", folder]);
	return folder;
}
