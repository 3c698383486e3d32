import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";

export interface Server extends AsyncDisposable {
	readonly url: string;
}

/** `breakwater matcher --open`, as anybody would start it, on an empty embedded database. */
export async function startOurs(dataDir: string): Promise<Server> {
	mkdirSync(dataDir, { recursive: true });
	const port = await freePort();
	const cli = fromPackageRoot("dist", "services", "cli", "main.js");
	const child = spawn(process.execPath, [cli, "matcher", "--open", "--port", String(port)], {
		env: { ...process.env, BREAKWATER_DATA_DIR: dataDir, BREAKWATER_LOG_LEVEL: "warn" },
		stdio: ["ignore", "ignore", "inherit"],
	});
	const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	const url = `http://127.0.0.1:${port}`;
	const isUp = async () => {
		if (child.exitCode !== null) throw new Error(`the matcher ended with ${child.exitCode}`);
		return (await fetch(`${url}/status`)).ok;
	};
	await eventually(isUp, { withinMs: 60_000, everyMs: 100 });
	return {
		url,
		async [Symbol.asyncDispose]() {
			child.kill("SIGTERM");
			await ended;
		},
	};
}
