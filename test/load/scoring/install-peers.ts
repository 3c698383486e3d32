import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { onnxBytes } from "./contestants.ts";

/** Puts the pinned peers into `folder`, once. They share one TensorFlow.js, so that nsfwjs runs on the native library too. */
export function installPeers(folder: string): void {
	const pins = (name: string) => fromPackageRoot("test", "load", "scoring", "peers", name);
	const stamp = join(folder, "installed-lock.json");
	const wanted = readFileSync(pins("package-lock.json"), "utf8");
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
		mkdirSync(folder, { recursive: true });
		for (const name of ["package.json", "package-lock.json"]) copyFileSync(pins(name), join(folder, name));
		run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
		run("sh", [fromPackageRoot("infra", "tensorflow", "build-native.sh"), folder], folder);
		rmSync(join(folder, "node_modules", "@tensorflow", "tfjs-node", "node_modules", "@tensorflow"), {
			recursive: true,
		});
		writeFileSync(stamp, wanted);
	}
	writeFileSync(join(folder, "network.onnx"), onnxBytes());
}

function run(command: string, args: readonly string[], cwd: string): void {
	const { status } = spawnSync(command, args, { cwd, stdio: ["ignore", process.stderr, process.stderr] });
	if (status !== 0) throw new Error(`${command} failed while the peers were installed`);
}
