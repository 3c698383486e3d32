import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalAddress } from "../../../../services/core/links/address.ts";
import { parseAddressTemplate } from "../../../../services/core/reports/address-template.ts";

function subjectOf(template: string, address: string): string | null {
	const parsed = parseAddressTemplate(template);
	const canonical = canonicalAddress(address);
	if (!parsed.ok || canonical === null) throw new Error("both are addresses");
	return parsed.subjectOf(canonical);
}

describe("an address that a platform says it shows its content at", () => {
	test.each([
		["https://forum.example/posts/{item}", "http://www.forum.example/posts/42/?utm_source=x#top", "42"],
		["https://forum.example/u/*/posts/{item}", "https://m.forum.example/u/lan/posts/a-b", "a-b"],
		["https://video.example/watch?v={item}", "video.example/watch?v=Xy_1&fbclid=9", "Xy_1"],
		["https://forum.example/posts/{item}", "https://forum.example/posts/b%C3%A0i", "bài"],
	])("%s leads from %s to its item", (template, address, subject) => {
		expect(subjectOf(template, address)).toBe(subject);
	});

	test.each([
		["https://forum.example/posts/{item}", "https://forum.example/posts/42/comments"],
		["https://a.forum.example/posts/{item}", "https://axforum.example/posts/42"],
		["https://forum.example/posts/{item}", "https://other.example/posts/42"],
		["https://forum.example/posts/{item}", "https://forum.example/posts/"],
		["https://forum.example/u/*/posts/{item}", "https://forum.example/u/posts/42"],
	])("%s leads from %s nowhere", (template, address) => {
		expect(subjectOf(template, address)).toBeNull();
	});

	test.each([
		["https://forum.example/posts/", "no-item"],
		["https://forum.example/{item}/{item}", "several-items"],
		["{item}", "not-an-address"],
		["ftp://forum.example/{item}", "not-an-address"],
		["https://{item}.forum.example/", "item-in-host"],
		["https://*.forum.example/{item}", "item-in-host"],
	])("%s is refused: %s", (template, fault) => {
		expect(parseAddressTemplate(template)).toEqual({ ok: false, fault });
	});

	test("whatever id a platform gives is found again", () => {
		const id = fc
			.string({ minLength: 1, maxLength: 40 })
			.filter((text) => text.isWellFormed() && !/^\.{1,2}$/.test(text));
		fc.assert(
			fc.property(id, (subject) => {
				const address = `https://forum.example/posts/${encodeURIComponent(subject)}`;
				expect(subjectOf("https://forum.example/posts/{item}", address)).toBe(subject);
			}),
		);
	});
});
