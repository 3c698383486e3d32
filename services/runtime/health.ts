// /live, /ready and /metrics, the same on every process. /live says that the event loop turns; /ready that every part answers.
import type { FastifyInstance } from "fastify";
import type { Health } from "./lifecycle.ts";
import type { Metrics } from "./metrics.ts";

/** Processes that share one registry are ready together. */
const watched = new WeakMap<Metrics, (() => Promise<Health>)[]>();

export function registerHealthRoutes(
	server: FastifyInstance,
	options: { readonly health: () => Promise<Health>; readonly metrics: Metrics },
): void {
	const { metrics } = options;
	const checks = watched.get(metrics) ?? [];
	watched.set(metrics, checks);
	checks.push(options.health);
	metrics.gauge("breakwater_ready", "1 while every part of the process answers.", [], async (gauge) => {
		const healths = await Promise.all(checks.map((check) => check()));
		gauge.set(healths.every(({ isReady }) => isReady) ? 1 : 0);
	});
	const quiet = { logLevel: "silent" as const };
	server.get("/live", quiet, async () => ({ status: "ok" }));
	server.get("/ready", quiet, async (_request, reply) => {
		const health = await options.health();
		return reply
			.status(health.isReady ? 200 : 503)
			.send({ status: health.isReady ? "ok" : "unavailable", parts: health.parts });
	});
	server.get("/metrics", quiet, async (_request, reply) =>
		reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
	);
}
