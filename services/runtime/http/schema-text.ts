// A JSON Schema as people read one: in the notation of TypeScript's types.
import type { JsonSchema } from "./openapi-document.ts";

export function schemaText(schema: JsonSchema, indent = ""): string {
	if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
	const union = schema.anyOf ?? schema.oneOf;
	if (union !== undefined) return union.map((one) => schemaText(one, indent)).join(" | ");
	if (schema.allOf !== undefined) return schema.allOf.map((one) => schemaText(one, indent)).join(" & ");
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
	if (Array.isArray(schema.type)) return schema.type.join(" | ");
	switch (schema.type) {
		case "object":
			return objectText(schema, indent);
		case "array":
			return arrayText(schema.items ?? {}, indent);
		case "string":
			return stringText(schema);
		case "integer":
		case "number":
			return numberText(schema);
		default:
			return typeof schema.type === "string" ? schema.type : "any";
	}
}

function objectText(schema: JsonSchema, indent: string): string {
	const properties = Object.entries(schema.properties ?? {});
	if (properties.length === 0) {
		const { additionalProperties } = schema;
		return typeof additionalProperties === "object" ? `{ [name]: ${schemaText(additionalProperties, indent)} }` : "{}";
	}
	const inner = `${indent}  `;
	const lines = properties.map(([name, one]) => {
		const mark = schema.required?.includes(name) ? "" : "?";
		return `${inner}${name}${mark}: ${schemaText(one, inner)}`;
	});
	return `{\n${lines.join("\n")}\n${indent}}`;
}

function arrayText(items: JsonSchema, indent: string): string {
	const text = schemaText(items, indent);
	return text.includes(" | ") && !text.startsWith("{") ? `(${text})[]` : `${text}[]`;
}

function stringText({ format, minLength, maxLength, contentEncoding }: JsonSchema): string {
	const kind = format ?? (contentEncoding === undefined ? undefined : String(contentEncoding));
	const range = rangeText(minLength, maxLength, " characters");
	const notes = [kind, range].filter((note) => note !== undefined);
	return notes.length === 0 ? "string" : `string (${notes.join(", ")})`;
}

function numberText({ type, minimum, maximum }: JsonSchema): string {
	// zod states the range of exact integers; people need not be told.
	const low = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
	const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
	const range = rangeText(low, high, "");
	return range === undefined ? String(type) : `${String(type)} (${range})`;
}

function rangeText(low: unknown, high: unknown, unit: string): string | undefined {
	if (low === undefined && high === undefined) return undefined;
	return low === undefined
		? `≤${String(high)}${unit}`
		: high === undefined
			? `≥${String(low)}${unit}`
			: `${String(low)}–${String(high)}${unit}`;
}
