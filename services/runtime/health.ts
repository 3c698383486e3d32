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
	const downSince = rememberSince();
	metrics.gauge("breakwater_ready", "1 while every part of the process answers.", [], async (gauge) => {
		const healths = await Promise.all(checks.map((check) => check()));
		for (const { parts } of healths) downSince(parts);
		const texts = healths.flatMap(({ parts }) => Object.values(parts));
		gauge.set(texts.every((text) => text === "ok") ? 1 : 0);
	});
	const quiet = { logLevel: "silent" as const };
	server.get("/live", quiet, async () => ({ status: "ok" }));
	server.get("/ready", quiet, async (_request, reply) => {
		const { isReady, parts } = await options.health();
		const since = downSince(parts);
		return reply.status(isReady ? 200 : 503).send({
			...{ status: !isReady ? "unavailable" : since === null ? "ok" : "degraded", parts },
			...(since !== null && { since }),
		});
	});
	server.get("/metrics", quiet, async (_request, reply) =>
		reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
	);
}

/** Since when each part that is not ok has not been, as far as anybody asked; null while all are. */
function rememberSince(): (parts: Health["parts"]) => Readonly<Record<string, string>> | null {
	let since: Readonly<Record<string, string>> = {};
	return (parts) => {
		const now = new Date().toISOString();
		const down = Object.keys(parts).filter((part) => parts[part] !== "ok");
		since = Object.fromEntries(down.map((part) => [part, since[part] ?? now]));
		return down.length === 0 ? null : since;
	};
}
