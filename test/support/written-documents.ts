// Documents for tests, made of the words that they shall hold.
import { deflateSync } from "node:zlib";
import { pdfFile, type ZipEntry, zipOf } from "./containers.ts";

const part = (name: string, text: string): ZipEntry => ({ name, bytes: Buffer.from(text) });
const office = "http://schemas.openxmlformats.org";
const word = `xmlns:w="${office}/wordprocessingml/2006/main"`;
const types = part("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="${office}/package/2006/content-types"/>`);
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Each paragraph as its runs, which a word may be divided among. */
export function docxXml(paragraphs: readonly (readonly string[])[]): string {
	const runs = (texts: readonly string[]) =>
		texts.map((text) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`).join("");
	const body = paragraphs.map((texts) => `<w:p><w:pPr/>${runs(texts)}</w:p>`).join("");
	return `<?xml version="1.0" encoding="UTF-8"?><w:document ${word}><w:body>${body}<w:sectPr/></w:body></w:document>`;
}

export function docxOf(paragraphs: readonly (readonly string[])[], others: readonly ZipEntry[] = []): Buffer {
	return zipOf([
		types,
		part("word/document.xml", docxXml(paragraphs)),
		part("word/styles.xml", `<w:styles ${word}/>`),
		...others,
	]);
}

const hexOf = (text: string) => Buffer.from(text, "utf16le").swap16().toString("hex");

/** A font that says of each code of two bytes that it is that letter. */
function everyLetter(): string {
	const rows = Array.from({ length: 256 }, (_, high) => {
		const byte = high.toString(16).padStart(2, "0");
		return `<${byte}00> <${byte}ff> <${byte}00>`;
	});
	const blocks = [0, 100, 200].map((from) => {
		const some = rows.slice(from, from + 100);
		return `${some.length} beginbfrange\n${some.join("\n")}\nendbfrange`;
	});
	return `begincmap /CMapName /Letters def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${blocks.join("\n")}\nendcmap`;
}

interface PdfOfWords {
	/** Where a link on the page leads to. */
	readonly link?: string;
	/** The font does not say which letters it has. */
	readonly isUnmapped?: boolean;
	/** Each line is written again so many times, by an operator of its own. */
	readonly times?: number;
}

/** One page, a line below the other. */
export function pdfOfWords(lines: readonly string[], { link, isUnmapped = false, times = 1 }: PdfOfWords = {}): Buffer {
	const objects: Buffer[] = [];
	const add = (dictionary: string, stream?: Uint8Array) =>
		objects.push(
			stream === undefined
				? Buffer.from(dictionary)
				: Buffer.concat([Buffer.from(`${dictionary}\nstream\n`), stream, Buffer.from("\nendstream")]),
		);
	const packed = (text: string) => {
		const bytes = deflateSync(Buffer.from(text));
		return add(`<< /Length ${bytes.length} /Filter /FlateDecode >>`, bytes);
	};
	const letters = packed(everyLetter());
	const font = add(
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
	);
	const mapped = isUnmapped ? "" : ` /ToUnicode ${letters} 0 R`;
	const used = add(
		`<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [${font} 0 R]${mapped} >>`,
	);
	const shown = lines.map((line) => `${`<${hexOf(line)}> Tj `.repeat(times)}0 -14 Td`).join(" ");
	const contents = packed(`BT /F 12 Tf 50 700 Td ${shown} ET`);
	const links =
		link === undefined
			? []
			: [add(`<< /Type /Annot /Subtype /Link /Rect [0 0 50 50] /A << /S /URI /URI (${link}) >> >>`)];
	const page = add(
		`<< /Type /Page /Parent ${objects.length + 2} 0 R /MediaBox [0 0 600 800] /Annots [${links.map((one) => `${one} 0 R`).join(" ")}] /Resources << /Font << /F ${used} 0 R >> >> /Contents ${contents} 0 R >>`,
	);
	const pages = add(`<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`);
	return pdfFile(objects, `/Root ${add(`<< /Type /Catalog /Pages ${pages} 0 R >>`)} 0 R`);
}
