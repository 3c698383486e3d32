import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

/** Installs the pinned originals into a folder of their own, once, and answers a `require` that finds them. */
export function installOriginals(folder: string): NodeJS.Require {
	const lock = "package-lock.json";
	const wanted = readFileSync(fromPackageRoot("models", "prepare", "originals", lock), "utf8");
	const stamp = join(folder, "installed-lock.json");
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
		mkdirSync(folder, { recursive: true });
		for (const name of ["package.json", lock])
			copyFileSync(fromPackageRoot("models", "prepare", "originals", name), join(folder, name));
		const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
			cwd: folder,
			stdio: ["ignore", "ignore", "inherit"],
		});
		if (status !== 0) throw new Error("npm could not install the original models");
		writeFileSync(stamp, wanted);
	}
	return createRequire(join(folder, "package.json"));
}
