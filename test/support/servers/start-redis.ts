import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { acceptsConnections, requireProgram, type Server, startServerProcess } from "./server-process.ts";

export interface RedisServer extends Server {
	readonly url: string;
	readonly port: number;
	/** After `kill`: removes what it kept on disk. */
	forget(): Promise<void>;
}

/** A real Redis with infra/redis/redis.conf. */
export async function startRedis(): Promise<RedisServer> {
	await requireProgram("redis-server", "install Redis 7 (Debian: redis-server)");
	const folder = await mkdtemp(join(tmpdir(), "breakwater-redis-"));
	const port = await freePort();
	const start = () =>
		startServerProcess({
			command: "redis-server",
			args: [
				fromPackageRoot("infra", "redis", "redis.conf"),
				...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder],
			],
			cwd: folder,
			logFile: join(folder, "redis.log"),
			isServing: () => acceptsConnections(port),
		});
	let server = await start();
	return {
		url: `redis://127.0.0.1:${port}`,
		port,
		pid: () => server.pid,
		kill: () => server.end("SIGKILL"),
		forget: () => rm(join(folder, "appendonlydir"), { recursive: true, force: true }),
		async restart() {
			server = await start();
		},
		async stop() {
			await server.end("SIGTERM");
			await rm(folder, { recursive: true, force: true });
		},
	};
}
