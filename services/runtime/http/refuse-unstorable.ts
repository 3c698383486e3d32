// Refuses what no route could keep or look up, before it gets that far: a NUL in a name is nobody's name.
import type { FastifyInstance } from "fastify";
import { BreakwaterError } from "../../core/errors.ts";
import { isStorable } from "../../core/wire/storable.ts";

/** For every route of this server that is added from here on. */
export function refuseUnstorable(server: FastifyInstance): void {
	// After validation: what a route does not know of is gone by then, and kept by nobody.
	server.addHook("preHandler", async ({ params, query, body }) => {
		const parts = { params, query, body: isJson(body) ? body : null };
		for (const [name, part] of Object.entries(parts)) {
			if (!isStorable(part))
				throw new BreakwaterError("malformed-request", {
					detail: `${name}: texts must be well-formed Unicode without NUL, nested at most 100 levels deep`,
				});
		}
	});
}

/** As opposed to bytes and streams. */
function isJson(body: unknown): boolean {
	return Array.isArray(body) || (body instanceof Object && Object.getPrototypeOf(body) === Object.prototype);
}
