// The words of a page of a PDF: its text layer, what is noted on it or filled in, and where its links lead to (fpdf_text.h, fpdf_annot.h,
// fpdf_doc.h).
import { fromBuffer, type Pdfium } from "./pdfium.ts";
import { type Typed, typedUpTo } from "./typed.ts";

interface PageOfPdf {
	readonly document: number;
	readonly page: number;
}

/** A page of print has a few hundred; each takes microseconds. */
const mostObjects = 200_000;
const mostLinks = 1_000;
const mostNotes = 1_000;
/** What somebody wrote in a note (ISO 32000-1, 12.5.2), or into a field (12.7.3). */
const notedIn = ["Contents", "V"] as const;
/** Above this share of letters of which the fonts do not say which they are, the others are not the text. */
const mostUnknown = 0.25;

/** Null where the page's words cannot be told, or are more than anybody reads. */
export function readPdfText(pdfium: Pdfium, { document, page }: PageOfPdf, mostLetters: number): Typed | null {
	if (pdfium._FPDFPage_CountObjects(page) > mostObjects) return null;
	const layer = readLayer(pdfium, page, mostLetters);
	if (layer === null) return null;
	const notes = [...notesOn(pdfium, page), ...linksOn(pdfium, { document, page })];
	const { text, isCut } = typedUpTo([layer.text, ...notes].filter((one) => one !== "").join("\n"), mostLetters);
	return { text, isCut: isCut || layer.isCut };
}

function readLayer(pdfium: Pdfium, page: number, mostLetters: number): Typed | null {
	const layer = pdfium._FPDFText_LoadPage(page);
	if (layer === 0) return null;
	try {
		const count = Math.max(0, pdfium._FPDFText_CountChars(layer));
		const read = Math.min(count, mostLetters);
		if (read === 0) return { text: "", isCut: count > 0 };
		if (unknownIn(pdfium, layer, read) > read * mostUnknown) return null;
		const buffer = pdfium.wasmExports.malloc((read + 1) * 2);
		if (buffer === 0) return null;
		const written = pdfium._FPDFText_GetText(layer, 0, read, buffer);
		const utf16 = Buffer.from(pdfium.HEAPU8.slice(buffer, buffer + Math.max(0, written) * 2));
		pdfium.wasmExports.free(buffer);
		return { text: asRead(utf16.toString("utf16le")), isCut: count > read };
	} finally {
		pdfium._FPDFText_ClosePage(layer);
	}
}

function unknownIn(pdfium: Pdfium, layer: number, count: number): number {
	let unknown = 0;
	for (let at = 0; at < count; at += 1)
		if (pdfium._FPDFText_GetUnicode(layer, at) === 0 || pdfium._FPDFText_HasUnicodeMapError(layer, at) === 1)
			unknown += 1;
	return unknown;
}

/** A word that is divided at the end of a line is one again. */
function asRead(text: string): string {
	return text
		.replaceAll("\u0002\r\n", "")
		.replaceAll("\u0002", "")
		.replaceAll("\0", "")
		.replaceAll("\r\n", "\n")
		.trim();
}

function* notesOn(pdfium: Pdfium, page: number): Generator<string> {
	const keys = notedIn.map((name) => keyIn(pdfium, name));
	const count = Math.min(pdfium._FPDFPage_GetAnnotCount(page), mostNotes);
	for (let at = 0; at < count; at += 1) {
		const note = pdfium._FPDFPage_GetAnnot(page, at);
		if (note === 0) continue;
		for (const key of keys) {
			const value = fromBuffer(pdfium, (buffer, length) => pdfium._FPDFAnnot_GetStringValue(note, key, buffer, length));
			yield Buffer.from(value ?? [])
				.toString("utf16le")
				.replace(/\0.*$/s, "")
				.trim();
		}
		pdfium._FPDFPage_CloseAnnot(note);
	}
	for (const key of keys) pdfium.wasmExports.free(key);
}

function keyIn(pdfium: Pdfium, name: string): number {
	const key = pdfium.wasmExports.malloc(name.length + 1);
	pdfium.HEAPU8.set(Buffer.from(`${name}\0`, "latin1"), key);
	return key;
}

function* linksOn(pdfium: Pdfium, { document, page }: PageOfPdf): Generator<string> {
	// Where it is in the list, then the link that is there.
	const found = pdfium.wasmExports.malloc(8);
	pdfium.HEAP32[found / 4] = 0;
	for (let links = 0; links < mostLinks && pdfium._FPDFLink_Enumerate(page, found, found + 4) !== 0; links += 1) {
		const action = pdfium._FPDFLink_GetAction(pdfium.HEAP32[found / 4 + 1] ?? 0);
		const address = fromBuffer(pdfium, (buffer, length) =>
			pdfium._FPDFAction_GetURIPath(document, action, buffer, length),
		);
		yield Buffer.from(address ?? [])
			.toString("utf8")
			.replace(/\0.*$/s, "")
			.trim();
	}
	pdfium.wasmExports.free(found);
}
