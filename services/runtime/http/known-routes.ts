// Tells an address that does not exist (404) from one that does but takes other methods (405, RFC 9110 §15.5.6).
import type { FastifyInstance } from "fastify";

export interface KnownRoutes {
	/** Methods that a path takes; empty for a path that is nowhere. A path that is named in full is no name within another's pattern. */
	methodsOf(path: string): readonly string[];
	/** False for a path that is named in full and does not take the method, whatever pattern of another it meets. */
	takes(path: string, method: string): boolean;
}

/** Must see every route: call it before the first is added. */
export function watchRoutes(server: Pick<FastifyInstance, "addHook">): KnownRoutes {
	const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
	server.addHook("onRoute", ({ url, method }) => {
		const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
		for (const one of [method].flat()) route.methods.add(one);
		routes.set(url, route);
	});
	return {
		methodsOf(path) {
			const named = routes.get(path);
			const matching = named === undefined ? [...routes.values()].filter(({ pattern }) => pattern.test(path)) : [named];
			return [...new Set(matching.flatMap(({ methods }) => [...methods]))];
		},
		takes: (path, method) => {
			const named = routes.get(path);
			return named === undefined || named.methods.has(method);
		},
	};
}

function patternOf(url: string): RegExp {
	const escaped = url.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`^${escaped.replace(/:[^/]+/g, "[^/]+").replaceAll("*", ".*")}$`);
}
