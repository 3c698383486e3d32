// Limits that a route asks for itself, where the plugin's own answer would not do (@fastify/rate-limit, createRateLimit).
import type { HttpServer } from "./server.ts";

type Limit = Awaited<ReturnType<ReturnType<HttpServer["createRateLimit"]>>>;

/** In seconds, when who has had their share may ask again; null where they have not had it. */
export function waitAfter(limit: Limit): number | null {
	return !limit.isAllowed && limit.isExceeded ? limit.ttlInSeconds : null;
}
