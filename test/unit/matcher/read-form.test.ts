// Forms as browsers and command-line clients send them, and bodies that are none.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readForm } from "../../../services/matcher/read-form.ts";

const form = (...lines: readonly string[]) =>
	readForm(Buffer.from(lines.join("\r\n")), "multipart/form-data; boundary=x");
const shown = ({ files, fields }: ReturnType<typeof readForm>) => ({
	files: files.map(({ field, bytes }) => [field, Buffer.from(bytes).toString()]),
	fields: Object.fromEntries(fields),
});

describe("a form", () => {
	it("is read as the platform's own FormData writes it, whatever its bytes", async () => {
		const name = fc.stringMatching(/^[a-z]{1,8}$/);
		const bytes = fc.uint8Array({ maxLength: 300 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(name, bytes), { maxLength: 4 }),
				fc.dictionary(name, fc.string()),
				async (files, fields) => {
					const written = new FormData();
					for (const [field, text] of Object.entries(fields)) written.append(field, text);
					for (const [field, content] of files) written.append(field, new Blob([Buffer.from(content)]), "a.jpg");
					const body = new Response(written);
					const type = body.headers.get("content-type") ?? "";
					const read = readForm(Buffer.from(await body.arrayBuffer()), type);
					expect(read.files.map(({ field, bytes: found }) => [field, [...found]])).toEqual(
						files.map(([field, content]) => [field, [...content]]),
					);
					// Line ends of texts are sent as CR LF.
					const sent = Object.entries(fields).map(([field, text]) => [field, text.replace(/\r\n|\r|\n/g, "\r\n")]);
					expect([...read.fields].toSorted()).toEqual(sent.toSorted());
				},
			),
		);
	});

	it("may have a preamble, an empty file, headers in any case and names without quotes", () => {
		const read = form(
			"preamble",
			"--x",
			"Content-Disposition: form-data; name=photo; filename=a.jpg",
			"",
			"",
			"--x",
			'CONTENT-DISPOSITION: form-data; NAME="a \\"b\\""',
			"Content-Type: text/plain",
			"",
			"text",
			"--x--",
			"epilogue",
		);
		expect(shown(read)).toEqual({ files: [["photo", ""]], fields: { 'a "b"': "text" } });
	});

	it("whose boundary is quoted is read", () => {
		const body = Buffer.from('--a b\r\ncontent-disposition: form-data; name="n"\r\n\r\nv\r\n--a b--\r\n');
		expect(shown(readForm(body, 'multipart/form-data; boundary="a b"')).fields).toEqual({ n: "v" });
	});

	it("that ends early keeps what came whole", () => {
		const read = form(
			"--x",
			'content-disposition: form-data; name="a"',
			"",
			"1",
			"--x",
			'content-disposition: form-data; name="b"',
			"",
			"2",
		);
		expect(shown(read).fields).toEqual({ a: "1" });
	});

	it.each(["", "garbage", "--x", "--x--", "--x\r\n", "\r\n--x\r\n\r\n--x--"])("without parts has none (%j)", (body) => {
		expect(shown(form(body))).toEqual({ files: [], fields: {} });
	});

	it("never fails, whatever the body", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, type) => {
				readForm(Buffer.concat([Buffer.from("--x\r\n"), bytes]), "multipart/form-data; boundary=x");
				readForm(Buffer.from(bytes), type);
			}),
		);
	});
});
