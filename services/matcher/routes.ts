// Mounts the whole API on a server that others may share.
import type { HttpServer } from "../runtime/http/server.ts";
import { type MatcherApiDeps, openMatcherScope } from "./api.ts";
import { addBankRoutes } from "./bank-routes.ts";
import { addConfigurationRoutes } from "./configuration-routes.ts";
import { addContentRoutes } from "./content-routes.ts";
import { addHashRoutes } from "./hash-routes.ts";
import { addLookupRoutes } from "./lookup-routes.ts";
import { addStatusRoutes } from "./status-routes.ts";

export async function registerMatcherRoutes(server: HttpServer, deps: MatcherApiDeps): Promise<void> {
	await server.register(async (scoped: HttpServer) => {
		const paths = new Set<string>();
		scoped.addHook("onRoute", ({ url }) => {
			// As HMA writes them.
			paths.add(url.replace(/:(\w+)/g, (_, name: string) => (name === "content_id" ? `<int:${name}>` : `<${name}>`)));
		});
		const scope = openMatcherScope(scoped, deps);
		addHashRoutes(scope);
		addLookupRoutes(scope);
		addBankRoutes(scope);
		addContentRoutes(scope);
		addConfigurationRoutes(scope);
		addStatusRoutes(scope, () => [...paths].toSorted());
	});
}
