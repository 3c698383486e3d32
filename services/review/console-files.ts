// The console as it was built: one page and its assets, from this origin only.
import { existsSync } from "node:fs";
import staticFiles from "@fastify/static";
import { BreakwaterError } from "../core/errors.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";

const contentPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");

const headers = {
	"content-security-policy": contentPolicy,
	"permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
};

/** Without a build, `/` says how to make one; the API works all the same. */
export async function registerConsole(server: HttpServer, folder = fromPackageRoot("dist", "console")): Promise<void> {
	if (!existsSync(folder)) {
		const detail = "the console is not built; run `npm run build`";
		server.get("/", async () => {
			throw new BreakwaterError("not-found", { detail });
		});
		return;
	}
	await server.register(staticFiles, { root: folder, serve: false, cacheControl: false });
	server.get("/", async (_request, reply) => reply.headers(headers).sendFile("index.html"));
	// Their names carry a hash of what is in them.
	server.get<{ Params: { "*": string } }>("/assets/*", async (request, reply) =>
		reply
			.headers({ ...headers, "cache-control": "public, max-age=31536000, immutable" })
			.sendFile(request.params["*"], `${folder}/assets`),
	);
}
