// As much of an OpenAPI 3.1 document as is read or written here.

export interface JsonSchema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly description?: string;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly anyOf?: readonly JsonSchema[];
	readonly oneOf?: readonly JsonSchema[];
	readonly allOf?: readonly JsonSchema[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly [keyword: string]: unknown;
}

export interface MediaType {
	readonly schema?: JsonSchema;
	readonly example?: unknown;
}

interface Parameter {
	readonly name: string;
	readonly in: "query" | "path" | "header" | "cookie";
	readonly required?: boolean;
	readonly description?: string;
	readonly schema?: JsonSchema;
}

export interface Operation {
	readonly tags?: readonly string[];
	readonly summary?: string;
	readonly description?: string;
	readonly parameters?: readonly Parameter[];
	readonly requestBody?: {
		readonly description?: string;
		readonly required?: boolean;
		readonly content: Readonly<Record<string, MediaType>>;
	};
	readonly responses?: Readonly<
		Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, MediaType>> }>
	>;
	readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

export interface OpenapiDocument {
	readonly openapi: string;
	readonly info: { readonly title: string; readonly version: string; readonly description?: string };
	readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
	readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	/** What the API's server sends by itself. */
	readonly webhooks?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
