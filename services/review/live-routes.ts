import type { HttpServer } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import type { LiveEvents } from "./live-events.ts";

/** Unread bytes after which a page counts as gone. */
const maxUnreadBytes = 262_144;

export function registerLiveRoutes(
	server: HttpServer,
	deps: { readonly guard: Guard; readonly liveEvents: LiveEvents },
): void {
	const { guard, liveEvents } = deps;
	server.route({
		method: "GET",
		url: "/api/events",
		schema: {
			tags: ["status"],
			summary: "What changes, as it changes: server-sent events, each a liveEvent as JSON",
		},
		onRequest: guard.needs("status:read", { isUse: false }),
		handler: (request, reply) => {
			const session = guard.sessionOf(request);
			const { raw } = reply.hijack();
			for (const [name, value] of Object.entries(reply.getHeaders()))
				if (value !== undefined) raw.setHeader(name, value);
			raw.writeHead(200, {
				"content-type": "text/event-stream; charset=utf-8",
				"x-accel-buffering": "no",
				// Or else the connection would outlive the stream, and hold up the end of the process.
				connection: "close",
			});
			const stop = liveEvents.add({
				session,
				send(text) {
					raw.write(text);
					if (raw.writableLength > maxUnreadBytes) raw.destroy();
				},
				end: () => raw.end(),
			});
			raw.on("close", stop);
		},
	});
	server.addHook("preClose", () => liveEvents[Symbol.asyncDispose]());
}
