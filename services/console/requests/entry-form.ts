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
	/** The law that forbids telling those concerned; empty: none does. */
	readonly silenceBasis: string;
	/** As {@link arrived}; empty: until somebody of ours ends it. */
	readonly silenceUntil: string;
	readonly document: File | null;
}

export function blankEntry(authority: string): EntryForm {
	return {
		...{ authority, channel: "e-mail", arrived: "", reference: "", asks: "removal", legalBasis: "", addresses: "" },
		...{ urgentReason: "", note: "", silenceBasis: "", silenceUntil: "", document: null },
	};
}

export type ReadEntry =
	| { readonly ok: true; readonly entry: RequestEntry }
	| { readonly ok: false; readonly fault: "missing" | "tooLarge" | "silenceMissing" };

export async function toEntry({
	arrived,
	document,
	silenceBasis,
	silenceUntil,
	...form
}: EntryForm): Promise<ReadEntry> {
	if (document !== null && document.size > mostDocumentBytes) return { ok: false, fault: "tooLarge" };
	if (silenceBasis.trim() === "" && silenceUntil !== "") return { ok: false, fault: "silenceMissing" };
	const entry = {
		...form,
		arrivedAt: arrived === "" ? null : new Date(arrived).toISOString(),
		addresses: form.addresses.split(/\n+/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()])),
		urgentReason: form.urgentReason.trim() === "" ? undefined : form.urgentReason,
		silence: silenceBasis.trim() === "" ? undefined : toSilence(silenceBasis, silenceUntil),
		document: document === null ? undefined : await toDocument(document),
	};
	const read = requestEntry.safeParse(entry);
	return read.success ? { ok: true, entry: read.data } : { ok: false, fault: "missing" };
}

function toSilence(basis: string, until: string) {
	return { basis, ...(until === "" ? {} : { until: new Date(until).toISOString() }) };
}

async function toDocument(file: File) {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
	const mediaType = file.type === "" ? "application/octet-stream" : file.type;
	return { name: file.name.slice(-200), mediaType, base64: btoa(text) };
}
