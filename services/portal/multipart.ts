// Forms with a file in them (multipart/form-data), whole and in memory: their routes say how large they may be.
import type { FastifyRequest } from "fastify";
import { BreakwaterError } from "../core/errors.ts";
import type { HttpServer } from "../runtime/http/server.ts";

/** For every route of this server: fields by name, a file as a `File`; of a name given twice the last counts. */
export function readMultipart(server: HttpServer): void {
	server.addContentTypeParser(
		"multipart/form-data",
		{ parseAs: "buffer" },
		async (request: FastifyRequest, body: Buffer) => {
			const headers = { "content-type": request.headers["content-type"] ?? "" };
			try {
				return Object.fromEntries(await new Response(new Uint8Array(body), { headers }).formData());
			} catch (cause) {
				throw new BreakwaterError("malformed-request", { detail: "the form cannot be read", cause });
			}
		},
	);
}
