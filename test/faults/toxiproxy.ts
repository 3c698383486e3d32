// The fault proxy: connections of the system go through it, and it delays, cuts or refuses them. Its HTTP interface is described
// at https://github.com/Shopify/toxiproxy#http-api.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { requireProgram, run, startServerProcess } from "../support/servers/server-process.ts";

const version = "v2.5.0";

export type Toxic =
	| { readonly type: "latency"; readonly attributes: { readonly latency: number; readonly jitter?: number } }
	/** Nothing passes; the connection ends after `timeout` milliseconds, or once the toxic is gone where that is 0. */
	| { readonly type: "timeout"; readonly attributes: { readonly timeout: number } }
	| { readonly type: "reset_peer"; readonly attributes: { readonly timeout: number } }
	| { readonly type: "bandwidth"; readonly attributes: { readonly rate: number } }
	| { readonly type: "limit_data"; readonly attributes: { readonly bytes: number } };

export interface FaultProxy {
	readonly port: number;
	/** Refuses connections, and ends those it has. */
	refuse(): Promise<void>;
	accept(): Promise<void>;
	/** Connections go to another server from now on; those it has are ended. */
	leadTo(port: number): Promise<void>;
	/** On what flows towards the client of the proxy, or towards the server behind it. Answers how to take it away. */
	poison(toxic: Toxic, towards?: "client" | "server"): Promise<() => Promise<void>>;
}

export interface Toxiproxy extends AsyncDisposable {
	/** In front of a server of this machine; `listenOn` where the port was already promised to somebody. */
	proxyTo(name: string, port: number, listenOn?: number): Promise<FaultProxy>;
}

export async function startToxiproxy(folder: string): Promise<Toxiproxy> {
	const command = await toxiproxyServer();
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const server = await startServerProcess({
		command,
		args: ["-host", "127.0.0.1", "-port", String(port)],
		cwd: folder,
		logFile: join(folder, "toxiproxy.log"),
		env: { LOG_LEVEL: "error" },
		isServing: async () => (await fetch(`${url}/version`)).ok,
	});
	const call = async (method: string, path: string, body?: unknown): Promise<void> => {
		const response = await fetch(`${url}${path}`, {
			method,
			headers: { "content-type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer = await response.text();
		if (!response.ok) throw new Error(`toxiproxy: ${method} ${path}: ${response.status} ${answer}`);
	};
	return {
		async proxyTo(name, target, listenOn) {
			const listening = listenOn ?? (await freePort());
			const address = (to: number) => `127.0.0.1:${to}`;
			await call("POST", "/proxies", { name, listen: address(listening), upstream: address(target), enabled: true });
			const path = `/proxies/${name}`;
			let toxics = 0;
			return {
				port: listening,
				refuse: () => call("POST", path, { enabled: false }),
				accept: () => call("POST", path, { enabled: true }),
				leadTo: (to) => call("POST", path, { upstream: address(to) }),
				async poison(toxic, towards = "client") {
					toxics += 1;
					const id = `${toxic.type}-${toxics}`;
					const stream = towards === "client" ? "downstream" : "upstream";
					await call("POST", `${path}/toxics`, { ...toxic, name: id, stream, toxicity: 1 });
					return () => call("DELETE", `${path}/toxics/${id}`);
				},
			};
		},
		[Symbol.asyncDispose]: () => server.end("SIGTERM"),
	};
}

/** Built once by Go into `.cache/`. */
async function toxiproxyServer(): Promise<string> {
	const folder = fromPackageRoot(".cache", "toxiproxy", version);
	const program = join(folder, "server");
	if (existsSync(program)) return program;
	await requireProgram("go", "install Go 1.17 or later (Debian: golang-go)");
	const env = { ...process.env, GOBIN: folder, GOFLAGS: "-modcacherw" };
	await run("go", ["install", `github.com/Shopify/toxiproxy/v2/cmd/server@${version}`], { env }).catch(
		(error: unknown) => {
			throw new Error("Toxiproxy could not be built; `go install` says why", { cause: error });
		},
	);
	return program;
}
