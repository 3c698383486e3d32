import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { html } from "../../../services/portal/html.ts";

test("whatever is put into a page stays text, in text and in attributes", () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'/= abscript") }), (text) => {
			const page = html`<p title="${text}">${text}</p>`.toString();
			const inner = page.slice('<p title="'.length, -"</p>".length);
			expect(inner.replace('">', "")).not.toMatch(/[<>"']/);
			const unescaped = (escaped: string) =>
				escaped
					.replaceAll("&lt;", "<")
					.replaceAll("&gt;", ">")
					.replaceAll("&quot;", '"')
					.replaceAll("&#39;", "'")
					.replaceAll("&amp;", "&");
			const [attribute, content] = inner.split('">');
			expect([unescaped(attribute ?? ""), unescaped(content ?? "")]).toEqual([text, text]);
		}),
	);
});

test("a template within a template stays markup, and nothing is nothing", () => {
	const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
	expect(html`<ul>${items}${null}${false}${undefined}${0}</ul>`.toString()).toBe(
		"<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
	);
});
