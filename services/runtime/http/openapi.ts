// An API's description of itself: OpenAPI 3.1 at /openapi.json, and the same to read at /docs. Nothing comes from elsewhere.
import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import { docsStyle, renderDocs } from "./docs-page.ts";
import type { OpenapiDocument, Operation } from "./openapi-document.ts";
import type { HttpServer } from "./server.ts";

type SecurityScheme =
	| { readonly type: "http"; readonly scheme: "bearer"; readonly description: string }
	| { readonly type: "apiKey"; readonly in: "cookie" | "header"; readonly name: string; readonly description: string };

export interface ApiDescription {
	readonly title: string;
	readonly version: string;
	/** Paragraphs of plain text. */
	readonly description: string;
	readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
	/** Adds what the routes' schemas cannot say, such as bodies that are streams. */
	readonly complete?: (document: OpenapiDocument) => OpenapiDocument;
}

export async function registerOpenapi(server: HttpServer, api: ApiDescription): Promise<void> {
	const { title, version, description, securitySchemes } = api;
	const optional = new Set<string>();
	await server.register(swagger, {
		openapi: {
			openapi: "3.1.0",
			info: { title, version, description, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
			components: { securitySchemes: { ...securitySchemes } },
		},
		hideUntagged: true,
		transform(route) {
			const body = route.schema?.body;
			if (body instanceof z.ZodType && body.safeParse(undefined).success) optional.add(pathOf(route.url));
			return jsonSchemaTransform(route);
		},
	});
	const document = (): OpenapiDocument => {
		const generated = withOptionalBodies(server.swagger() as OpenapiDocument, optional);
		return api.complete?.(generated) ?? generated;
	};
	server.get("/openapi.json", async (_request, reply) =>
		reply.type("application/json; charset=utf-8").send(document()),
	);
	server.get("/docs", async (_request, reply) =>
		reply
			.header("content-security-policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
			.type("text/html; charset=utf-8")
			.send(renderDocs(document())),
	);
	server.get("/docs/style.css", async (_request, reply) => reply.type("text/css; charset=utf-8").send(docsStyle));
}

/** As OpenAPI writes a route's address. */
function pathOf(url: string): string {
	return url.replace(/:(\w+)/g, "{$1}");
}

/** A body that may be left out is described as one that must be there otherwise. */
function withOptionalBodies(document: OpenapiDocument, optional: ReadonlySet<string>): OpenapiDocument {
	const described = Object.entries(document.paths ?? {}).map(([path, methods]) => {
		if (!optional.has(path)) return [path, methods];
		const relaxed = Object.entries(methods).map(([method, operation]): [string, Operation] => {
			const { requestBody } = operation;
			return [
				method,
				requestBody === undefined ? operation : { ...operation, requestBody: { ...requestBody, required: false } },
			];
		});
		return [path, Object.fromEntries(relaxed)];
	});
	return { ...document, paths: Object.fromEntries(described) };
}
