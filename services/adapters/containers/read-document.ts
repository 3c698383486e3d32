// PDF files, read with PDFium compiled to WebAssembly: it has no files and no network, it runs no scripts, and its memory is its own. Of each
// page there is what a reader shows, then the pictures on it as they are embedded; then what is attached.
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { estimateDocumentMs } from "./estimate-unpacking.ts";
import { type LoadedPdf, openPdf } from "./open-pdf.ts";
import type { ReadContainer, Unpacked, UnpackedData, UnpackRequest } from "./unpacked.ts";

/** Drawings within drawings that are followed. */
const deepest = 8;
/** Longest edge of a page as it is drawn, pixels: enough to find a picture in it that fills a third. */
const pageEdge = 1_024;

type Read = UnpackedData | { readonly fault: UnavailableReason };
/** Asked for the member where it has not been answered yet; false to have no more. */
type Take = (name: string, read: () => Read) => boolean;

export function readDocument(maxPixels: number): ReadContainer {
	return async (bytes, limits, take) => {
		const pdf = await openPdf(bytes);
		if ("fault" in pdf) return pdf.fault;
		if (estimateDocumentMs(pdf.pages, limits) > limits.mostCostMs) return "slow";
		const counted = countBytes(limits, take);
		for (let page = 0; page < pdf.pages; page += 1) {
			if (page >= limits.pages || counted.isOver()) return "members-not-read";
			if (!readPage(pdf, page, maxPixels, counted.take)) return counted.missing();
		}
		for (const { name, read } of pdf.attachments) {
			if (counted.isOver()) return "members-not-read";
			if (!counted.take(`attached/${name}`, () => read(limits.memberBytes))) return counted.missing();
		}
		return counted.missing();
	};
}

/** What is drawn and what is in it; false to have no more. */
function readPage(pdf: LoadedPdf, number: number, maxPixels: number, take: Take): boolean {
	const name = `page ${number + 1}`;
	const page = pdf.openPage(number);
	if (page === null) return take(name, () => ({ fault: "undecodable" }));
	try {
		if (!take(name, () => ({ ...page.draw(pageEdge), readWords: page.words }))) return false;
		let at = 0;
		for (const picture of page.pictures(deepest)) {
			at += 1;
			if (!take(`${name}/picture ${at}`, () => picture.read(maxPixels))) return false;
		}
		return true;
	} finally {
		page.close();
	}
}

/** Counts what has been taken, and says when it is enough. */
function countBytes(limits: UnpackRequest, take: (member: Unpacked) => boolean) {
	let members = 0;
	let left = limits.bytes;
	let isFull = false;
	return {
		isOver: () => isFull || performance.now() > limits.deadline,
		missing: (): UnavailableReason | null => (isFull ? "members-not-read" : null),
		take(name: string, read: () => Read): boolean {
			members += 1;
			if (members <= limits.from) return true;
			const member = { name, ...read() };
			if ("bytes" in member) left -= member.bytes.length;
			isFull = members > limits.members || left < 0 || performance.now() > limits.deadline;
			return !isFull && take(member);
		},
	};
}
