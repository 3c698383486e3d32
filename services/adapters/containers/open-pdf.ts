// A PDF's pages, the pictures on them and what is attached, through PDFium (fpdfview.h, fpdf_edit.h, fpdf_attachment.h).
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { fromBuffer, openPdfium, type Pdfium } from "./pdfium.ts";
import { readPdfText } from "./read-pdf-text.ts";
import type { Typed } from "./typed.ts";
import { writePng } from "./write-png.ts";

type Read = { readonly bytes: Uint8Array } | { readonly fault: UnavailableReason };

export interface LoadedPdf {
	readonly pages: number;
	/** Null where it is broken. */
	openPage(number: number): LoadedPage | null;
	readonly attachments: readonly { readonly name: string; read(mostBytes: number): Read }[];
}

interface LoadedPage {
	/** As a PNG whose longest edge has so many pixels. */
	draw(edge: number): Read;
	/** So many letters of it at most; null where it has more to read than is read, or cannot be. */
	words(mostLetters: number): Typed | null;
	/** Those on the page and in the drawings on it, so many within one another. */
	pictures(deepest: number): Iterable<{ read(maxPixels: number): Read }>;
	close(): void;
}

/** fpdfview.h, `FPDF_ERR_PASSWORD` and `FPDF_ERR_SECURITY`. */
const underPassword: ReadonlySet<number> = new Set([4, 5]);
/** fpdf_edit.h, `FPDF_PAGEOBJ_IMAGE` and `FPDF_PAGEOBJ_FORM`. */
const imageObject = 3;
const formObject = 5;
/** fpdfview.h, `FPDFBitmap_BGRx`, and `FPDF_ANNOT`: with what is noted on the page. */
const bgrx = 3;
const withAnnotations = 1;
const bytesPerPixel: ReadonlyMap<number, number> = new Map([
	[1, 1],
	[2, 3],
	[3, 4],
	[4, 4],
]);

export async function openPdf(bytes: Uint8Array): Promise<LoadedPdf | { readonly fault: UnavailableReason }> {
	const pdfium = await openPdfium();
	const at = pdfium.wasmExports.malloc(bytes.length);
	if (at === 0) return { fault: "too-many-bytes" };
	pdfium.HEAPU8.set(bytes, at);
	const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
	if (document === 0) return { fault: underPassword.has(pdfium._FPDF_GetLastError()) ? "encrypted" : "undecodable" };
	return {
		pages: pdfium._FPDF_GetPageCount(document),
		openPage(number) {
			const page = pdfium._FPDF_LoadPage(document, number);
			return page === 0 ? null : loadedPage(pdfium, document, page);
		},
		attachments: Array.from({ length: pdfium._FPDFDoc_GetAttachmentCount(document) }, (_, number) =>
			attachmentOf(pdfium, pdfium._FPDFDoc_GetAttachment(document, number), number),
		),
	};
}

function loadedPage(pdfium: Pdfium, document: number, page: number): LoadedPage {
	return {
		draw(edge) {
			const [wide, high] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
			const scale = edge / Math.max(wide, high, 1);
			const [width, height] = [wide, high].map((points) => Math.max(1, Math.round(points * scale)));
			const bitmap = pdfium._FPDFBitmap_CreateEx(width ?? 1, height ?? 1, bgrx, 0, 0);
			if (bitmap === 0) return { fault: "undecodable" };
			pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width ?? 1, height ?? 1, 0xffffffff);
			pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width ?? 1, height ?? 1, 0, withAnnotations);
			return readBitmap(pdfium, bitmap);
		},
		words: (mostLetters) => readPdfText(pdfium, { document, page }, mostLetters),
		*pictures(deepest) {
			for (let at = 0; at < pdfium._FPDFPage_CountObjects(page); at += 1)
				yield* picturesIn(pdfium, pdfium._FPDFPage_GetObject(page, at), deepest);
		},
		close: () => pdfium._FPDF_ClosePage(page),
	};
}

function* picturesIn(pdfium: Pdfium, object: number, deepest: number): Generator<{ read(maxPixels: number): Read }> {
	const type = pdfium._FPDFPageObj_GetType(object);
	if (type === imageObject) yield { read: (maxPixels) => readPicture(pdfium, object, maxPixels) };
	if (type !== formObject) return;
	if (deepest === 0) {
		yield { read: () => ({ fault: "members-not-read" }) };
		return;
	}
	for (let at = 0; at < pdfium._FPDFFormObj_CountObjects(object); at += 1)
		yield* picturesIn(pdfium, pdfium._FPDFFormObj_GetObject(object, at), deepest - 1);
}

/** A JPEG is there byte for byte, so that lists of files know it; of others the pixels. */
function readPicture(pdfium: Pdfium, object: number, maxPixels: number): Read {
	if (hasFilters(pdfium, object, ["DCTDecode"])) {
		const bytes = fromBuffer(pdfium, (buffer, length) => pdfium._FPDFImageObj_GetImageDataRaw(object, buffer, length));
		return bytes === null ? { fault: "undecodable" } : { bytes };
	}
	const { wasmExports } = pdfium;
	const size = wasmExports.malloc(8);
	const isKnown = pdfium._FPDFImageObj_GetImagePixelSize(object, size, size + 4) !== 0;
	const [width = 0, height = 0] = pdfium.HEAP32.slice(size / 4, size / 4 + 2);
	wasmExports.free(size);
	if (!isKnown) return { fault: "undecodable" };
	if (width * height > maxPixels) return { fault: "too-many-pixels" };
	const bitmap = pdfium._FPDFImageObj_GetBitmap(object);
	return bitmap === 0 ? { fault: "undecodable" } : readBitmap(pdfium, bitmap);
}

function hasFilters(pdfium: Pdfium, object: number, wanted: readonly string[]): boolean {
	if (pdfium._FPDFImageObj_GetImageFilterCount(object) !== wanted.length) return false;
	return wanted.every((name, at) => {
		const found = fromBuffer(pdfium, (buffer, length) =>
			pdfium._FPDFImageObj_GetImageFilter(object, at, buffer, length),
		);
		return found !== null && Buffer.from(found).toString("latin1").replace(/\0.*$/, "") === name;
	});
}

function readBitmap(pdfium: Pdfium, bitmap: number): Read {
	const [width, height] = [pdfium._FPDFBitmap_GetWidth(bitmap), pdfium._FPDFBitmap_GetHeight(bitmap)];
	const stride = pdfium._FPDFBitmap_GetStride(bitmap);
	const size = bytesPerPixel.get(pdfium._FPDFBitmap_GetFormat(bitmap));
	const at = pdfium._FPDFBitmap_GetBuffer(bitmap);
	if (size === undefined || at === 0 || width === 0 || height === 0) return { fault: "undecodable" };
	const rgb = new Uint8Array(width * height * 3);
	for (let row = 0; row < height; row += 1)
		for (let column = 0; column < width; column += 1) {
			const from = at + row * stride + column * size;
			const to = (row * width + column) * 3;
			rgb[to] = pdfium.HEAPU8[size === 1 ? from : from + 2] ?? 0;
			rgb[to + 1] = pdfium.HEAPU8[size === 1 ? from : from + 1] ?? 0;
			rgb[to + 2] = pdfium.HEAPU8[from] ?? 0;
		}
	pdfium._FPDFBitmap_Destroy(bitmap);
	return { bytes: writePng({ rgb, width, height }) };
}

function attachmentOf(pdfium: Pdfium, attachment: number, number: number): LoadedPdf["attachments"][number] {
	const named = fromBuffer(pdfium, (buffer, length) => pdfium._FPDFAttachment_GetName(attachment, buffer, length));
	const name = Buffer.from(named ?? [])
		.toString("utf16le")
		.replace(/\0.*$/s, "");
	return {
		name: name === "" ? `file ${number + 1}` : name,
		read(mostBytes) {
			const { wasmExports } = pdfium;
			const size = wasmExports.malloc(4);
			const sizeNow = () => (pdfium.HEAP32[size / 4] ?? 0) >>> 0;
			try {
				if (pdfium._FPDFAttachment_GetFile(attachment, 0, 0, size) === 0) return { fault: "undecodable" };
				const length = sizeNow();
				if (length > mostBytes) return { fault: "too-many-bytes" };
				const buffer = wasmExports.malloc(length);
				if (buffer === 0) return { fault: "too-many-bytes" };
				pdfium._FPDFAttachment_GetFile(attachment, buffer, length, size);
				const bytes = pdfium.HEAPU8.slice(buffer, buffer + Math.min(length, sizeNow()));
				wasmExports.free(buffer);
				return { bytes };
			} finally {
				wasmExports.free(size);
			}
		},
	};
}
