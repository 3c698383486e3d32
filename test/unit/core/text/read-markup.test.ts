import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMarkup } from "../../../../services/core/text/read-markup.ts";

describe("a text is read as a page would show it", () => {
	test.each([
		["character codes", "Cu&#7889;i tu&#x1EA7;n n&agrave;y", "Cuối tuần này"],
		["codes without their semicolon", "n&#224y", "này"],
		["what was escaped twice", "n&amp;#224;y &amp;amp; more", "này & more"],
		["tags within a word and around words", "<p>ki<b>tt</b>ens <i class='a'>at</i> home</p>", "\nkittens at home\n"],
		["escaped tags", "&lt;b&gt;home&lt;/b&gt;", "home"],
		["forum tags", "[b]home[/b] [url=a]sweet[/url]", "home sweet"],
		["comments", "ho<!-- x -->me", "home"],
		["what an address escapes", "qu%C3%A1n ph%E1%BB%9F", "quán phở"],
		["what program text escapes", "ph\\u1edf", "phở"],
		["elements that nobody sees", 'ho<span style="display: none">zz</span>me <i hidden>x</i>at', "home at"],
		["marks around letters", "ho\u20e3me\u0336", "home"],
	])("%s", (_what, written, shown) => {
		expect(readMarkup(written)).toBe(shown);
	});

	test.each([
		"1 < 2 & 3 > 2",
		"I <3 you",
		"AT&T",
		"[sic] and [1]",
		"&unknown; &#0; &#xD800; &#99999999;",
		"a < b",
		"100 % of 50%",
		"%ff%fe",
		"<",
	])("%s is no markup", (text) => {
		expect(readMarkup(text)).toBe(text);
	});

	test("markup may be anything, and never throws", () => {
		const pieces = fc.constantFrom(
			"<",
			">",
			"&",
			"#",
			";",
			"x",
			"a",
			"[",
			"]",
			"/",
			"b",
			"1",
			"amp",
			"lt",
			" ",
			"\u20e3",
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
				const read = readMarkup(all.join(""));
				expect(read.length).toBeLessThanOrEqual(all.join("").length);
			}),
		);
	});
});
