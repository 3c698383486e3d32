// Pages that anybody may read, what they look like, and the page for addresses that lead nowhere.
import { existsSync } from "node:fs";
import staticFiles from "@fastify/static";
import type { FastifyReply } from "fastify";
import type { HttpServer } from "../runtime/http/server.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";
import { sendPage } from "./answer.ts";
import { audiences } from "./help/help-page.ts";
import { readHotlines } from "./help/hotlines.ts";
import { helpIndexPage, helpPage } from "./pages/help-pages.ts";
import { homePage, nowherePage } from "./pages/home-page.ts";
import { type Language, languages, prefixOf } from "./words/words.ts";

/** Nothing in them is anybody's: a browser may keep them, and shows them without a network. */
const kept = "public, max-age=300";

export async function registerPages(server: HttpServer): Promise<void> {
	const hotlines = readHotlines(fromPackageRoot("services", "portal", "help", "hotlines.json"));
	for (const language of languages) {
		const prefix = prefixOf(language);
		server.get(prefix || "/", (_request, reply) => sendPage(keep(reply), homePage(language)));
		server.get(`${prefix}/help`, (_request, reply) => sendPage(keep(reply), helpIndexPage(language, hotlines)));
		for (const audience of audiences) {
			server.get(`${prefix}/help/${audience}`, (_request, reply) =>
				sendPage(keep(reply), helpPage(language, audience, hotlines)),
			);
		}
		registerNowhere(server, language);
	}
	await registerAssets(server);
}

function keep(reply: FastifyReply): FastifyReply {
	return reply.header("cache-control", kept);
}

function registerNowhere(server: HttpServer, language: Language): void {
	server.get(`${prefixOf(language)}/*`, (_request, reply) => sendPage(reply, nowherePage(language), 404));
}

/** Script and style, as they were built; the pages work without. */
async function registerAssets(server: HttpServer): Promise<void> {
	const folder = fromPackageRoot("dist", "portal");
	if (!existsSync(folder)) return;
	await server.register(staticFiles, { root: folder, serve: false, cacheControl: false });
	for (const name of ["portal.css", "portal.js"]) {
		server.get(`/assets/${name}`, (_request, reply) => keep(reply).sendFile(name));
	}
	// At the root, so that it may look after every page.
	server.get("/sw.js", (_request, reply) =>
		keep(reply).header("content-security-policy", "default-src 'none'; connect-src 'self'").sendFile("sw.js"),
	);
}
