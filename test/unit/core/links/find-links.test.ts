import { describe, expect, test } from "@jest/globals";
import { findLinks, mostLinks } from "../../../../services/core/links/find-links.ts";

const found = (text: string) => findLinks(text).links.map(({ href }) => href);

describe("links are found", () => {
	test.each([
		["with a scheme", "see https://a.example/x, please", ["https://a.example/x"]],
		["bare, of a suffix that there is", "xem vidu.vn nhé", ["https://vidu.vn/"]],
		["bare, with a path", "(a.example/x)", ["https://a.example/x"]],
		["in markdown", "[here](https://a.example/x)", ["https://a.example/x"]],
		["in markup", '<a href="https://a.example/x?b=1&amp;c=2">', ["https://a.example/x?b=1&c=2"]],
		["written so that nobody opens them", "hxxps://a[.]example/x", ["https://a.example/x"]],
		[
			"with dots of other scripts and characters that show nothing",
			"https://a。exam\u200bple/x",
			["https://a.example/x"],
		],
		["without what counts clicks", "https://a.example/x?utm_source=b&id=1#top", ["https://a.example/x?id=1"]],
		["in Unicode, as Punycode", "https://bücher.example/", ["https://xn--bcher-kva.example/"]],
		[
			"and where a redirector leads",
			"https://r.example/go?to=https%3A%2F%2Fa.example%2Fx",
			["https://r.example/go?to=https%3A%2F%2Fa.example%2Fx", "https://a.example/x"],
		],
	])("%s", (_, text, links) => expect(found(text)).toEqual(links));

	test("one behind the other, without a space", () => {
		const links = found("https://a.example/x,https://b.example/y");
		expect(links).toEqual(expect.arrayContaining(["https://a.example/x", "https://b.example/y"]));
	});
});

test.each(["", "no link at all.", "a sentence.Another one follows", "3.14 and v1.2.3", "someone@mail.example"])(
	"%j has no link",
	(text) => expect(found(text)).toEqual([]),
);

describe("what would take long is bounded, and says so", () => {
	test("a text of links and nothing else", () => {
		const { links, isCut } = findLinks(Array.from({ length: 5_000 }, (_, at) => `https://a.example/${at}`).join(" "));
		expect([links.length, isCut]).toEqual([mostLinks, true]);
	});

	test("100 KB of one sign, of schemes, of dots, of opening brackets", () => {
		for (const sign of ["a", ".", "(", "[", "http://", "a.vn/", "%68", "/", "h**p:", "https://a.vn?u=", "[.]"])
			expect(findLinks(sign.repeat(100_000 / sign.length)).links.length).toBeLessThanOrEqual(mostLinks);
	});
});
