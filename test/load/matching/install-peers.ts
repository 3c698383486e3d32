import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

/** Puts the pinned peers into a virtual environment under `folder`, once; answers its interpreter. */
export function installPeers(folder: string): string {
	const pins = fromPackageRoot("test", "load", "matching", "peers", "requirements.txt");
	const stamp = join(folder, "installed.txt");
	const python = join(folder, "venv", "bin", "python");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(pins, "utf8")) return python;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	run("python3", ["-m", "venv", join(folder, "venv")], "it needs Python 3 with venv (Debian: python3-venv)");
	run(python, ["-m", "pip", "install", "--quiet", "--requirement", pins], "pip could not install the peers");
	copyFileSync(pins, stamp);
	return python;
}

function run(command: string, args: readonly string[], hint: string): void {
	const { status } = spawnSync(command, args, { stdio: ["ignore", process.stderr, process.stderr] });
	if (status !== 0) throw new Error(`${command} ${args[1] ?? ""} failed: ${hint}`);
}
