import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalAddress } from "../../../../services/core/links/address.ts";

describe("an address", () => {
	test.each([
		["https://Forum.Example/posts/42", "forum.example/posts/42"],
		["forum.example/posts/42", "forum.example/posts/42"],
		["http://www.forum.example:80/posts/42/", "forum.example/posts/42"],
		["https://m.forum.example/posts/42#reply-7", "forum.example/posts/42"],
		["https://forum.example/posts/42?utm_source=mail&fbclid=x", "forum.example/posts/42"],
		["https://forum.example/view?b=2&a=1", "forum.example/view?a=1&b=2"],
		["hxxps://forum[.]example/posts/42", "forum.example/posts/42"],
		["https://someone:secret@forum.example/posts/42", "forum.example/posts/42"],
		["https://forum.example./", "forum.example"],
		["https://diễn-đàn.example/bài", "xn--din-n-uqa65at14r.example/b%C3%A0i"],
	])("%s is brought to one form", (given, expected) => {
		expect(canonicalAddress(given)).toBe(expected);
	});

	test.each(["zalo 0912 345 678", "nguyen van a", "", "ftp://files.example/x", "javascript:alert(1)", "https://"])(
		"%s is left to people",
		(given) => expect(canonicalAddress(given)).toBeNull(),
	);

	test("pages that differ stay different", () => {
		const path = fc.stringMatching(/^[a-z0-9]{1,12}$/);
		fc.assert(
			fc.property(path, path, path, (a, b, key) => {
				const address = (name: string) => canonicalAddress(`https://forum.example/${name}?id=${key}`);
				expect(address(a) === address(b)).toBe(a === b);
			}),
		);
	});

	test("in its one form stays as it is", () => {
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
				const once = canonicalAddress(url);
				if (once !== null) expect(canonicalAddress(`https://${once}`)).toBe(once);
			}),
		);
	});
});
