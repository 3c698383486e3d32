// Compiles services/ and models/ into dist/, bundles what is started from there, then the pages' own scripts: dist/console, dist/portal. Runs on
// `npm ci` and before tests.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const run = (command, args) => {
	const { status } = spawnSync(process.execPath, [command, ...args], { stdio: "inherit" });
	if (status !== 0) process.exit(status ?? 1);
};

run("node_modules/typescript/bin/tsc", ["-p", "infra/build/tsconfig.json"]);
run("infra/build/bundle.js", []);
if (!process.argv.includes("--no-console")) {
	for (const page of ["services/console", "services/portal/browser"]) {
		if (existsSync(`${page}/vite.config.ts`))
			run("node_modules/vite/bin/vite.js", ["build", "--logLevel", "warn", page]);
	}
}
