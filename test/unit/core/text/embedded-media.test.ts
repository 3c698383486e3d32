import { describe, expect, test } from "@jest/globals";
import { holdsEmbeddedMedia, readEmbeddedMedia } from "../../../../services/core/text/embedded-media.ts";

/** One transparent pixel, the smallest picture in use. */
const pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const uri = `data:image/gif;base64,${pixel}`;
const hex = (text: string) => text.replace(/[+/=A]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);

describe("a file within a post is noticed", () => {
	test.each([
		["a data URI", uri],
		["in the middle of words", `Look at this: ${uri} Nice, is it not?`],
		["in a tag", `<p>Hello <img alt="" src="${uri}"></p>`],
		["in Markdown", `![a pixel](${uri})`],
		["in a style", `<div style="background: url('${uri}')"></div>`],
		["in capitals", uri.replace("data:image/gif;base64", "DATA:Image/GIF;BASE64")],
		["with entities in its name", uri.replace(";", "&semi;").replace("data:", "d&#97;ta&colon;")],
		["broken into lines", uri.replace(/.{5}/g, "$&\r\n")],
		["with spaces", uri.replace(/[:;,]/g, "$& ").replace(pixel, `${pixel.slice(0, 20)} ${pixel.slice(20)}`)],
		["with percent-escapes", `data:image/gif;base64,${hex(pixel)}`],
		["without a type", `data:;base64,${pixel}`],
		["with parameters", uri.replace(";base64", ';name="a b";charset=utf-8;base64')],
		["of a sound", `data:audio/mpeg;base64,${pixel}`],
		["behind a lot of text", `${"data: see below. ".repeat(5_000)}${uri}`],
		["a drawing, written out", `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/></svg>`],
		["a drawing, escaped", "data:image/svg+xml;utf8,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E"],
	])("%s", (_what, text) => {
		expect(holdsEmbeddedMedia(text)).toBe(true);
	});
});

describe("words are not taken for a file", () => {
	test.each([
		[
			"a long text about data",
			"The data: image/png, image/jpeg and so on; base64, hex. More data: none <b>yet</b>.\n".repeat(1_000),
		],
		["the form of a data URI", "Write data:image/png;base64, and then the bytes; see RFC 2397."],
		["an unfinished one", "<img src='data:image/png;base64,...'>"],
		["a short word in base64", "data:text/plain;base64,SGVsbG8="],
		["text without markup", "data:text/plain,hello <i>you</i>"],
		["base64 without a data URI", `My key is ${pixel}, in base64.`],
		["Vietnamese prose", "Dữ liệu data: hình ảnh, văn bản; base64, hết. <br> Hẹn gặp lại."],
		["nothing", ""],
	])("%s", (_what, text) => {
		expect(holdsEmbeddedMedia(text)).toBe(false);
	});

	test("and long runs of almost one take no long time", () => {
		const began = process.cpuUsage();
		for (const piece of ["data:", "data:;", "data:;base64,", "data:image/<", "data:image/;base64", "; base64 ,"])
			expect(holdsEmbeddedMedia(piece.repeat(20_000))).toBe(false);
		expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
	});
});

describe("what a post holds is read", () => {
	const bytes = new Uint8Array(Buffer.from(pixel, "base64"));
	const file = { bytes, beforeSpace: null };

	test.each([
		["a data URI", uri],
		["with percent-escapes", `data:image/gif;base64,${hex(pixel)}`],
		["in the alphabet for addresses", `data:image/gif;base64,${pixel.replaceAll("+", "-").replaceAll("/", "_")}`],
		["in a tag", `<p>Hello <img alt="" src="${uri}"></p>`],
	])("%s", (_what, text) => {
		expect(readEmbeddedMedia(text)).toEqual({ files: [file], hasMore: false });
	});

	test("with white space in it as a whole, and with words behind it as what comes before them, too", () => {
		const [broken] = readEmbeddedMedia(uri.replace(/.{5}/g, "$&\r\n")).files;
		expect(broken?.bytes).toEqual(bytes);
		const [followed] = readEmbeddedMedia(`Look: ${uri} Nice, is it not?`).files;
		expect(followed?.beforeSpace).toEqual(bytes);
		expect(followed?.bytes.subarray(0, bytes.length)).toEqual(bytes);
	});

	test("and what is no base64, is drawn in words, or is one too many is said", () => {
		expect(readEmbeddedMedia(`data:image/gif;base64,${pixel}=AA%zz`).files).toHaveLength(1);
		expect(readEmbeddedMedia(`data:image/gif;base64,${pixel.slice(0, 37)}`)).toEqual({ files: [], hasMore: true });
		expect(readEmbeddedMedia(`"${uri}" data:image/svg+xml,<svg/>`)).toEqual({ files: [file], hasMore: true });
		const many = readEmbeddedMedia(`${uri}" `.repeat(33));
		expect(many).toMatchObject({ hasMore: true });
		expect(many.files).toHaveLength(32);
	});
});
