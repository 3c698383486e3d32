// Refuses what no route could keep or look up, before it gets that far: a NUL in a name is nobody's name.
import type { FastifyInstance } from "fastify";
import { BreakwaterError } from "../../core/errors.ts";
import { isStorable, storablePattern } from "../../core/wire/storable.ts";
import type { JsonSchema, OpenapiDocument } from "./openapi-document.ts";

/** For every route of this server that is added from here on. */
export function refuseUnstorable(server: FastifyInstance): void {
	// After validation: what a route does not know of is gone by then, and kept by nobody.
	server.addHook("preHandler", async ({ params, query, body }) => {
		const parts = { params, query, body: isJson(body) ? body : null };
		for (const [name, part] of Object.entries(parts)) {
			if (!isStorable(part))
				throw new BreakwaterError("rule-broken", {
					detail: `${name}: texts must be well-formed Unicode without NUL, nested at most 100 levels deep`,
				});
		}
	});
}

/** The same in the API's description, of every text of a request that has no other form. */
export function describeStorable(document: OpenapiDocument): OpenapiDocument {
	const paths = mapValues(document.paths ?? {}, (methods) =>
		mapValues(methods, ({ parameters = [], requestBody, ...operation }) => ({
			...operation,
			parameters: parameters.map((one) => ({ ...one, ...(one.schema && { schema: storable(one.schema) }) })),
			...(requestBody && {
				requestBody: {
					...requestBody,
					content: mapValues(requestBody.content, (type) => ({
						...type,
						...(type.schema && { schema: storable(type.schema) }),
					})),
				},
			}),
		})),
	);
	return { ...document, paths };
}

function storable(schema: JsonSchema): JsonSchema {
	const { properties, items, additionalProperties, anyOf, oneOf, allOf } = schema;
	const isFree = schema.type === "string" && ["pattern", "format", "enum", "const"].every((word) => !(word in schema));
	return {
		...schema,
		...(isFree && storablePattern),
		...(properties && { properties: mapValues(properties, storable) }),
		...(items && { items: storable(items) }),
		...(typeof additionalProperties === "object" && { additionalProperties: storable(additionalProperties) }),
		...(anyOf && { anyOf: anyOf.map(storable) }),
		...(oneOf && { oneOf: oneOf.map(storable) }),
		...(allOf && { allOf: allOf.map(storable) }),
	};
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}

/** As opposed to bytes and streams. */
function isJson(body: unknown): boolean {
	return Array.isArray(body) || (body instanceof Object && Object.getPrototypeOf(body) === Object.prototype);
}
