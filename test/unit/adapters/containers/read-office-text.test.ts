// Words out of the parts of Office files, as people read them.
import { describe, expect, test } from "@jest/globals";
import { readOfficeText } from "../../../../services/adapters/containers/read-office-text.ts";
import { docxXml } from "../../../support/written-documents.ts";

const most = 10_000;
const read = (xml: string) => readOfficeText(xml, most)?.text;
const office = "http://schemas.openxmlformats.org";
const sheet = `xmlns="${office}/spreadsheetml/2006/main"`;
const drawing = `xmlns:a="${office}/drawingml/2006/main"`;

describe("the words of a document", () => {
	test("that are divided among runs are whole again, with their tones, a paragraph a line", () => {
		expect(read(docxXml([["Cả nhà ra vườn hái qu", "ả b", "ưởi tím."], [], ["Mùa <sau> & nữa"]]))).toBe(
			"Cả nhà ra vườn hái quả bưởi tím.\nMùa <sau> & nữa",
		);
	});

	test("are read where they are struck out, in a field, or after a tab", () => {
		const xml = `<w:p xmlns:w="${office}/wordprocessingml/2006/main"><w:del><w:r><w:delText>một</w:delText></w:r></w:del><w:r><w:tab/><w:t>hai</w:t><w:br/><w:instrText>HYPERLINK "https://links.example/a"</w:instrText></w:r><wp:posOffset>914400</wp:posOffset></w:p>`;
		expect(read(xml)).toBe('một hai\nHYPERLINK "https://links.example/a"');
	});

	test("of a sheet are its texts, cell by cell, and not its numbers", () => {
		const strings = `<sst ${sheet}><si><r><t>quả </t></r><r><t>bưởi</t></r></si><si><t>vườn</t></si></sst>`;
		expect(read(strings)).toBe("quả bưởi\nvườn");
		const cells = `<worksheet ${sheet}><c r="A1" t="s"><v>0</v></c><c r="A2" t="str"><f>A1&amp;""</f><v>bưởi tím</v></c><c r="A3"><f>HYPERLINK("https://links.example/b")</f><v>7</v></c><c t="inlineStr"><is><t>hái</t></is></c></worksheet>`;
		expect(read(cells)).toBe('bưởi tím\nHYPERLINK("https://links.example/b")\nhái');
	});

	test("of a slide and of an OpenDocument text are read as well", () => {
		expect(read(`<p:sld ${drawing}><a:p><a:r><a:t>đầu</a:t></a:r><a:r><a:t> mùa</a:t></a:r></a:p></p:sld>`)).toBe(
			"đầu mùa",
		);
		const odt = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><number:text>/</number:text><text:h>Vườn</text:h><text:p>hái<text:s/><text:span>bưởi</text:span> <text:a xlink:href="https://links.example/c">đây</text:a></text:p></office:document-content>`;
		expect(read(odt)).toBe("Vườn\nhái bưởi  https://links.example/c\nđây");
	});

	test("include where relationships lead to outside of the file", () => {
		const rels = `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="a" Type="${office}/officeDocument/2006/relationships/hyperlink" Target="https://links.example/d?x=1&amp;y=2" TargetMode="External"/><Relationship Target="styles.xml"/></Relationships>`;
		expect(read(rels)).toBe("https://links.example/d?x=1&y=2");
	});
});

describe("what is no proper part of an Office file", () => {
	test("is left to others where it does not say that it is one", () => {
		expect(readOfficeText("<html><p>một</p></html>", most)).toBeNull();
		expect(readOfficeText(`bài viết về ${office}/`, most)).toBeNull();
	});

	test("gives what can be told of it", () => {
		const broken = `<w:p xmlns:w="${office}/x"><!-- ẩn --><w:t>một</w:t></w:q></w:t></w:t><w:t><![CDATA[hai & ba]]></w:t><w:t a='>'>bốn</w:t><w:t`;
		expect(read(broken)).toBe("mộthai & babốn");
		for (const cut of [
			`<x ${sheet}><t>năm`,
			`<x ${sheet}><t>năm<!-- `,
			`<x ${sheet}><t>năm<![CDATA[`,
			`<x ${sheet}><t>năm<t a="`,
		])
			expect(read(cut)).toBe("năm");
	});

	test("of more letters than are read says so", () => {
		const xml = docxXml(Array.from({ length: 100 }, () => ["bưởi"]));
		expect(readOfficeText(xml, 14)).toEqual({ text: "bưởi\nbưởi\nbưởi".slice(0, 14), isCut: true });
		expect(readOfficeText(xml, 0)).toEqual({ text: "", isCut: true });
		expect(readOfficeText(docxXml([[]]), 0)).toEqual({ text: "", isCut: false });
	});

	test("takes time as it is long, whatever it is made of", () => {
		const open = `<x ${sheet}>`;
		for (const many of ["<t>", "<", "</t>", '<t a="', "<!--", "<![CDATA[", "://", ' Target="', "&amp;", "<t>a</t>"])
			expect(readOfficeText(open + many.repeat(1_000_000), most)).not.toBeNull();
	}, 60_000);
});
