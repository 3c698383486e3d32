// What the routes' schemas cannot say: bodies, which are read before they are judged.
import type { ApiDescription } from "../runtime/http/openapi.ts";
import type { JsonSchema, OpenapiDocument, Operation } from "../runtime/http/openapi-document.ts";

const file: JsonSchema = { type: "string", contentMediaType: "application/octet-stream" };
const text: JsonSchema = { type: "string" };

function form(description: string, more: Readonly<Record<string, JsonSchema>> = {}): Operation["requestBody"] {
	const properties = { photo: file, video: file, ...more };
	return { description, content: { "multipart/form-data": { schema: { type: "object", properties } } } };
}

function json(example: unknown): Operation["requestBody"] {
	return { required: true, content: { "application/json": { schema: { type: "object" }, example } } };
}

const pdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
const oneFile = "One file, in the field of its content type.";

const bodies: readonly (readonly [path: string, method: string, body: Operation["requestBody"]])[] = [
	["/h/hash", "post", form(oneFile)],
	["/m/lookup", "post", form(oneFile)],
	["/m/compare", "post", json({ pdq: [pdq, pdq] })],
	["/c/banks", "post", json({ name: "KNOWN_PICTURES", enabled_ratio: 1 })],
	["/c/bank/{bank_name}", "put", json({ enabled_ratio: 0.5 })],
	["/c/bank/{bank_name}/content", "post", form(`${oneFile} Not with a url.`, { note: text, metadata: text })],
	["/c/bank/{bank_name}/signal", "post", json({ pdq, note: "from a report" })],
	["/c/bank/{bank_name}/content/{content_id}", "put", json({ disable_until_ts: 0, note: "looked at again" })],
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
