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
		["leading zeros", "n&#0000000000000000224;y", "này"],
		[
			"every name of a character, and the old ones without their semicolon",
			"&Dstrok;i &nfr;h&agrave &NoBreak;m&igravenh&ZeroWidthSpace;",
			"Đi 𝔫hà \u2060mình\u200b",
		],
		["what was escaped three times", "n&amp;amp;#224;y qu%25C3%25A1n", "này quán"],
		["escapes of other programs", "\\u{1ea3}nh %u1ea3nh \\xe0 \\0000e0", "ảnh ảnh à à"],
		["what mail escapes", "nh=C3=A0 =\nta", "nhà ta"],
		["colors of chats and terminals", "\u000304nhà\u0003 \u001b[31;1mta\u001b[0m", "nhà ta"],
		["what is written backwards and shown forwards", "xem \u202eàhn\u202c ta", "xem nhà ta"],
		["a tag with the sign of its end within quotes", `<a title="a>b" b='>'>home</a>`, "home"],
		["a comment with tags", "ho<!-- <b> > -->me", "home"],
		["a section of XML", "<![CDATA[home]]>", "home"],
		["any tag of a forum that is closed", "[sub]ho[/sub]me", "home"],
		["links and pictures of Markdown", "[home](https://a.example/b) ![sweet](c.png)[](d)", "home sweet"],
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
		"[S][á][n][g] [b]",
		"https://a.example/?x=20&copy=1&lang=vi",
		"a[b[0]](c)",
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
