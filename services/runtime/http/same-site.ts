import type { FastifyRequest } from "fastify";
import { BreakwaterError } from "../../core/errors.ts";

/** What another site's page makes a browser send says so (Fetch Metadata); curl sends no such header. */
export function refuseOtherSites(request: FastifyRequest): void {
	const site = request.headers["sec-fetch-site"];
	if (site !== undefined && site !== "same-origin" && site !== "none") throw new BreakwaterError("forbidden");
}
