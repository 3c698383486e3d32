// PDFium's C interface, as far as it is needed here, and its memory.
import { PDFiumModule } from "@hyzyla/pdfium";

type Module = Awaited<ReturnType<typeof PDFiumModule>>;
/** What the package's own declarations leave out. */
interface MoreOfIt {
	_FPDFFormObj_CountObjects(form: number): number;
	_FPDFFormObj_GetObject(form: number, at: number): number;
	_FPDFDoc_GetAttachmentCount(document: number): number;
	_FPDFDoc_GetAttachment(document: number, at: number): number;
	_FPDFAttachment_GetName(attachment: number, buffer: number, length: number): number;
	_FPDFAttachment_GetFile(attachment: number, buffer: number, length: number, size: number): number;
	_FPDFText_GetUnicode(text: number, at: number): number;
	_FPDFText_HasUnicodeMapError(text: number, at: number): number;
	_FPDFLink_Enumerate(page: number, position: number, link: number): number;
	_FPDFLink_GetAction(link: number): number;
	_FPDFAction_GetURIPath(document: number, action: number, buffer: number, length: number): number;
	_FPDFPage_GetAnnotCount(page: number): number;
	_FPDFPage_GetAnnot(page: number, at: number): number;
	_FPDFPage_CloseAnnot(annotation: number): void;
	_FPDFAnnot_GetStringValue(annotation: number, key: number, buffer: number, length: number): number;
}
export type Pdfium = Module & MoreOfIt;

/** Each time anew: what one document left of its memory is of no use to the next. */
export async function openPdfium(): Promise<Pdfium> {
	const pdfium = (await PDFiumModule({})) as Pdfium;
	pdfium._FPDF_InitLibraryWithConfig({ version: 2 });
	return pdfium;
}

/** What a function writes that is first asked how much it is; null where there is nothing. */
export function fromBuffer(pdfium: Pdfium, read: (buffer: number, length: number) => number): Uint8Array | null {
	const length = read(0, 0);
	if (length === 0) return null;
	const buffer = pdfium.wasmExports.malloc(length);
	if (buffer === 0) return null;
	const written = read(buffer, length);
	// Memory may have grown meanwhile: it is asked for anew.
	const bytes = pdfium.HEAPU8.slice(buffer, buffer + Math.min(written, length));
	pdfium.wasmExports.free(buffer);
	return bytes;
}
