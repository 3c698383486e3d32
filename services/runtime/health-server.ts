import Fastify from "fastify";
import { registerHealthRoutes } from "./health.ts";
import type { Health } from "./lifecycle.ts";
import type { Metrics } from "./metrics.ts";

export interface HttpListener extends AsyncDisposable {
	/** With the port that was really taken. */
	readonly url: string;
}

/** The whole HTTP surface of a process that serves no requests of its own. */
export async function startHealthServer(options: {
	readonly host: string;
	readonly port: number;
	readonly health: () => Promise<Health>;
	readonly metrics: Metrics;
}): Promise<HttpListener> {
	const server = Fastify({ logger: false, forceCloseConnections: true });
	registerHealthRoutes(server, options);
	const url = await server.listen({ host: options.host, port: options.port });
	return { url, [Symbol.asyncDispose]: () => server.close() };
}
