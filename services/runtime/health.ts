// /live, /ready and /metrics, the same on every process. /live says that the event loop turns; /ready that every part answers.
import type { FastifyInstance } from "fastify";
import type { Health } from "./lifecycle.ts";
import type { Metrics } from "./metrics.ts";

export function registerHealthRoutes(
	server: FastifyInstance,
	options: { readonly health: () => Promise<Health>; readonly metrics: Metrics },
): void {
	const quiet = { logLevel: "silent" as const };
	server.get("/live", quiet, async () => ({ status: "ok" }));
	server.get("/ready", quiet, async (_request, reply) => {
		const health = await options.health();
		return reply
			.status(health.isReady ? 200 : 503)
			.send({ status: health.isReady ? "ok" : "unavailable", parts: health.parts });
	});
	server.get("/metrics", quiet, async (_request, reply) =>
		reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics()),
	);
}
