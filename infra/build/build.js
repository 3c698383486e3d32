// Compiles services/ and models/ into dist/, then the console into dist/console. Runs on `npm ci` and before tests.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const run = (command, args) => {
	const { status } = spawnSync(process.execPath, [command, ...args], { stdio: "inherit" });
	if (status !== 0) process.exit(status ?? 1);
};

run("node_modules/typescript/bin/tsc", ["-p", "infra/build/tsconfig.json"]);
if (existsSync("services/console/vite.config.ts") && !process.argv.includes("--no-console")) {
	run("node_modules/vite/bin/vite.js", ["build", "--logLevel", "warn", "services/console"]);
}
