// What was typed of a request, and what is sent of it.
import { asked } from "../../core/authorities/asked.ts";
import { type RequestEntry, requestEntry } from "../../core/wire/request-entry-api.ts";

export const asks = asked.options;
const mostDocumentBytes = 2 * 1_024 * 1_024;

export interface EntryForm {
	readonly authority: string;
	readonly channel: RequestEntry["channel"];
	/** As the browser has it, in its own zone; empty: just now. */
	readonly arrived: string;
	readonly reference: string;
	readonly asks: RequestEntry["asks"];
	readonly legalBasis: string;
	readonly addresses: string;
	readonly urgentReason: string;
	readonly note: string;
	readonly document: File | null;
}

export function blankEntry(authority: string): EntryForm {
	return {
		...{ authority, channel: "e-mail", arrived: "", reference: "", asks: "removal", legalBasis: "", addresses: "" },
		...{ urgentReason: "", note: "", document: null },
	};
}

export type ReadEntry =
	| { readonly ok: true; readonly entry: RequestEntry }
	| { readonly ok: false; readonly fault: "missing" | "tooLarge" };

export async function toEntry({ arrived, document, ...form }: EntryForm): Promise<ReadEntry> {
	if (document !== null && document.size > mostDocumentBytes) return { ok: false, fault: "tooLarge" };
	const entry = {
		...form,
		arrivedAt: arrived === "" ? null : new Date(arrived).toISOString(),
		addresses: form.addresses.split(/\n+/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()])),
		urgentReason: form.urgentReason.trim() === "" ? undefined : form.urgentReason,
		document: document === null ? undefined : await toDocument(document),
	};
	const read = requestEntry.safeParse(entry);
	return read.success ? { ok: true, entry: read.data } : { ok: false, fault: "missing" };
}

async function toDocument(file: File) {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
	const mediaType = file.type === "" ? "application/octet-stream" : file.type;
	return { name: file.name.slice(-200), mediaType, base64: btoa(text) };
}
