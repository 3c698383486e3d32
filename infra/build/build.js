// Compiles services/ and models/ into dist/, bundles what is started from there, then the pages' own scripts: dist/console, dist/portal. Runs on
// `npm ci` and before tests; what has not changed since is not built again.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { buildOnce } from "./build-once.js";

const run = (command, args) => {
	const { status } = spawnSync(process.execPath, [command, ...args], { stdio: "inherit" });
	if (status !== 0) process.exit(status ?? 1);
};

buildOnce({
	name: "code",
	// Of test/ what tsconfig.json includes, and what that imports.
	sources: ["services", "models", "test/load", "test/faults", "test/support", "test/fixtures"],
	outputs: ["dist/services", "dist/models", "dist/test"],
	build() {
		run("node_modules/typescript/bin/tsc", ["-p", "infra/build/tsconfig.json"]);
		run("infra/build/bundle.js", []);
	},
});
if (!process.argv.includes("--no-console")) {
	buildOnce({
		name: "pages",
		sources: ["services"],
		outputs: ["dist/console", "dist/portal"],
		build() {
			for (const page of ["services/console", "services/portal/browser"]) {
				if (existsSync(`${page}/vite.config.ts`))
					run("node_modules/vite/bin/vite.js", ["build", "--logLevel", "warn", page]);
			}
		},
	});
}
