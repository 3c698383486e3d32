// /status, /status/live and /site-map: for load balancers and the curious, without a key.
import { z } from "zod";
import type { MatcherScope } from "./api.ts";

const alive = "I-AM-ALIVE";

export function addStatusRoutes(
	{ server, deps }: Pick<MatcherScope, "server" | "deps">,
	paths: () => readonly string[],
): void {
	// HMA sends its words as HTML.
	const text = { description: "One word", content: { "text/html": { schema: z.string() } } };
	server.get("/", { schema: { hide: true } }, async (_request, reply) => reply.redirect("/status", 302));
	server.get(
		"/status",
		{ schema: { tags: ["status"], summary: "Whether look-ups are answered", response: { 200: text, 503: text } } },
		async (_request, reply) => {
			const state = deps.index.state();
			reply.type("text/html; charset=utf-8").serializer(String);
			if (state === "ready") return reply.send(alive);
			return reply.status(503).send(state === "loading" ? "INDEX-NOT-LOADED" : "INDEX-STALE");
		},
	);
	server.get(
		"/status/live",
		{ schema: { tags: ["status"], summary: "Whether the process serves", response: { 200: text } } },
		async (_request, reply) => reply.type("text/html; charset=utf-8").serializer(String).send(alive),
	);
	server.get(
		"/site-map",
		{ schema: { tags: ["status"], summary: "List routes", response: { 200: z.array(z.string()) } } },
		async () => [...paths()],
	);
}
