// The API's description as one page of HTML, without scripts and without anything from elsewhere.
import type { JsonSchema, MediaType, OpenapiDocument, Operation } from "./openapi-document.ts";
import { schemaText } from "./schema-text.ts";

interface Entry {
	readonly method: string;
	readonly path: string;
	readonly operation: Operation;
}

export function renderDocs(document: OpenapiDocument): string {
	const { title, version, description } = document.info;
	const entries = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]): Entry => ({ method: method.toUpperCase(), path, operation })),
	);
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/docs/style.css"></head>
<body>
<header><h1>${escapeHtml(title)} <small>${escapeHtml(version)}</small></h1>${paragraphs(description)}
<p>Machine-readable: <a href="/openapi.json">/openapi.json</a> (OpenAPI ${escapeHtml(document.openapi)})</p></header>
<nav aria-label="Endpoints"><ul>${entries.map(navItem).join("")}</ul></nav>
<main>${entries.map(section).join("\n")}
${Object.entries(document.components?.schemas ?? {})
	.map(namedSchema)
	.join("\n")}</main>
</body>
</html>
`;
}

function navItem({ method, path, operation }: Entry): string {
	return `<li><a href="#${anchor(method, path)}"><b>${method}</b> ${escapeHtml(path)}</a> ${escapeHtml(operation.summary ?? "")}</li>`;
}

function section({ method, path, operation }: Entry): string {
	return `<section id="${anchor(method, path)}">
<h2><b>${method}</b> <code>${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary ?? "")}</p>${paragraphs(operation.description)}
${parameters(operation)}${requestBody(operation)}${responses(operation)}
</section>`;
}

function namedSchema([name, schema]: readonly [string, JsonSchema]): string {
	return `<section id="${anchor("schema", name)}"><h2>${escapeHtml(name)}</h2><pre>${escapeHtml(schemaText(schema))}</pre></section>`;
}

function parameters({ parameters: all = [] }: Operation): string {
	if (all.length === 0) return "";
	const rows = all.map(
		(one) =>
			`<tr><td><code>${escapeHtml(one.name)}</code></td><td>${one.in}${one.required === true ? ", required" : ""}</td><td><code>${escapeHtml(schemaText(one.schema ?? {}))}</code></td><td>${escapeHtml(one.description ?? "")}</td></tr>`,
	);
	return `<h3>Parameters</h3><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function requestBody({ requestBody: body }: Operation): string {
	return body === undefined ? "" : `<h3>Request body</h3>${paragraphs(body.description)}${content(body.content)}`;
}

function responses({ responses: all = {} }: Operation): string {
	const items = Object.entries(all).map(
		([status, one]) =>
			`<dt>${escapeHtml(status)}</dt><dd>${escapeHtml(one.description ?? "")}${/^[45]/.test(status) ? " (problem document)" : content(one.content ?? {})}</dd>`,
	);
	return items.length === 0 ? "" : `<h3>Answers</h3><dl>${items.join("")}</dl>`;
}

function content(types: Readonly<Record<string, MediaType>>): string {
	return Object.entries(types)
		.map(([type, { schema, example }]) => {
			const shape = schema === undefined ? "" : `<pre>${escapeHtml(schemaText(schema))}</pre>`;
			const sample =
				example === undefined ? "" : `<p>For example</p><pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre>`;
			return `<p><code>${escapeHtml(type)}</code></p>${shape}${sample}`;
		})
		.join("");
}

function paragraphs(text: string | undefined): string {
	if (text === undefined) return "";
	return text
		.split("\n\n")
		.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
		.join("");
}

function anchor(method: string, path: string): string {
	return `${method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}

export const docsStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre, code { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid GrayText; border-radius: 4px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid GrayText; }
section { border-top: 2px solid GrayText; margin-top: 2rem; }
nav ul { list-style: none; padding: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem 1rem; }
`;
