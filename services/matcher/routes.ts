// Mounts the whole API on a server that others may share.
import type { HttpServer } from "../runtime/http/server.ts";
import { type MatcherApiDeps, openMatcherScope } from "./api.ts";
import { addBankRoutes } from "./bank-routes.ts";
import { addConfigurationRoutes } from "./configuration-routes.ts";
import { addContentRoutes } from "./content-routes.ts";
import { addHashRoutes } from "./hash-routes.ts";
import { addLinkRoutes } from "./link-routes.ts";
import { addLookupRoutes } from "./lookup-routes.ts";
import { addStatusRoutes } from "./status-routes.ts";

/** What HMA writes before these parts of an address. */
const converters: Readonly<Record<string, string>> = {
	content_id: "int:",
	exchange_name: "string:",
	api_name: "string:",
};

export async function registerMatcherRoutes(server: HttpServer, deps: MatcherApiDeps): Promise<void> {
	await server.register(async (scoped: HttpServer) => {
		const paths = new Set<string>();
		scoped.addHook("onRoute", ({ url }) => {
			paths.add(url.replace(/:(\w+)/g, (_, name: string) => `<${converters[name] ?? ""}${name}>`));
		});
		const scope = openMatcherScope(scoped, deps);
		addHashRoutes(scope);
		addLookupRoutes(scope);
		addLinkRoutes(scope);
		addBankRoutes(scope);
		addContentRoutes(scope);
		addConfigurationRoutes(scope);
		addStatusRoutes(scope, () => [...paths].toSorted());
	});
}
