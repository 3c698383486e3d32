// What the routes' schemas cannot say: bodies, which are read before they are judged.
import { storablePattern } from "../core/wire/storable.ts";
import type { ApiDescription } from "../runtime/http/openapi.ts";
import type { JsonSchema, OpenapiDocument, Operation } from "../runtime/http/openapi-document.ts";
import { contentTypes, type SignalType } from "./signal-type.ts";

const file: JsonSchema = { type: "string", contentMediaType: "application/octet-stream" };
const note: JsonSchema = { type: "string", maxLength: 255, ...storablePattern };
/** JSON, as text. */
const metadata: JsonSchema = { type: "string", contentMediaType: "application/json" };
const bankName: JsonSchema = { type: "string", pattern: "^[A-Z0-9_]{1,64}$" };
const settings: Readonly<Record<string, JsonSchema>> = {
	// As pydantic reads them, which HMA does with.
	enabled_ratio: {
		anyOf: [
			{ type: ["number", "null"], minimum: 0, maximum: 1 },
			{ type: "boolean" },
			{ type: "string", pattern: "^\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*$" },
		],
	},
	enabled: {
		anyOf: [
			{ type: ["boolean", "null"] },
			{ enum: [0, 1] },
			{ type: "string", enum: ["true", "1", "yes", "on", "t", "y", "false", "0", "no", "off", "f", "n"] },
		],
	},
};

function form(description: string, more: Readonly<Record<string, JsonSchema>> = {}): Operation["requestBody"] {
	const one = (field: string): JsonSchema => ({
		type: "object",
		properties: { [field]: file, ...more },
		required: [field],
		additionalProperties: false,
	});
	const schema = { oneOf: contentTypes.map(one) };
	return { description, required: true, content: { "multipart/form-data": { schema } } };
}

function json(
	properties: Readonly<Record<string, JsonSchema>>,
	example: unknown,
	more: JsonSchema = {},
): Operation["requestBody"] {
	const schema: JsonSchema = { type: "object", properties, ...more };
	return { required: true, content: { "application/json": { schema, example } } };
}

const pdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
const hashes: Readonly<Record<SignalType["name"], JsonSchema>> = {
	pdq: { type: "string", pattern: "^[0-9a-f]{64}$" },
	video_md5: { type: "string", pattern: "^[0-9a-f]{32}$" },
	// JSON as text, of which a description can say no more: features of too little quality are refused, too.
	vpdq: { type: "string", contentMediaType: "application/json" },
};
const pairs = Object.fromEntries(
	Object.entries(hashes).map(([name, items]) => [name, { type: "array", items, minItems: 2, maxItems: 2 }]),
);
const oneFile = "One file, in the field of its content type.";

const bodies: readonly (readonly [path: string, method: string, body: Operation["requestBody"]])[] = [
	["/h/hash", "post", form(oneFile)],
	["/m/lookup", "post", form(oneFile)],
	["/m/compare", "post", json(pairs, { pdq: [pdq, pdq] })],
	[
		"/c/banks",
		"post",
		json({ name: bankName, ...settings }, { name: "KNOWN_PICTURES", enabled_ratio: 1 }, { required: ["name"] }),
	],
	[
		"/c/bank/{bank_name}",
		"put",
		json({ name: { anyOf: [bankName, { type: "null" }] }, ...settings }, { enabled_ratio: 0.5 }),
	],
	["/c/bank/{bank_name}/content", "post", form(`${oneFile} Not with a url.`, { note, metadata })],
	[
		"/c/bank/{bank_name}/signal",
		"post",
		json(
			{ ...hashes, note },
			{ pdq, note: "from a report" },
			{ anyOf: Object.keys(hashes).map((name) => ({ required: [name] })) },
		),
	],
	[
		"/c/bank/{bank_name}/content/{content_id}",
		"put",
		json({ disable_until_ts: { type: "integer", minimum: 0 }, note }, { disable_until_ts: 0, note: "looked at again" }),
	],
];

export function describeMatcherBodies(document: OpenapiDocument): OpenapiDocument {
	const paths = new Map(Object.entries(document.paths ?? {}));
	for (const [path, method, requestBody] of bodies) {
		const methods = paths.get(path);
		const operation = methods?.[method];
		if (operation !== undefined && requestBody !== undefined)
			paths.set(path, { ...methods, [method]: { ...operation, requestBody } });
	}
	return { ...document, paths: Object.fromEntries(paths) };
}

export const matcherApi: ApiDescription = {
	title: "Breakwater matcher",
	version: "1",
	description:
		'Hashes pictures and videos and looks them up in banks of known ones. Compatible with Hasher-Matcher-Actioner 1.1: a client written for it needs another address, and a key.\n\nErrors are {"message": …}, or 422 with the fields that are wrong. What was added is found by this server at once, and everywhere within a second.',
	securitySchemes: {
		apiKey: {
			type: "http",
			scheme: "bearer",
			description: "A platform's key; one that may change banks is made by `breakwater platform add-key --curate`",
		},
	},
	complete: describeMatcherBodies,
};
