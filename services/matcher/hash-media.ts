// From a file, or the address of one, to its signals. Decoding happens in worker threads; what could not be hashed is refused,
// never answered as if nothing were there.
import { toHex } from "../core/hashes/hash-hex.ts";
import { isOfFiles } from "../core/hashes/hash-type.ts";
import type { ImageExamination, ImageExaminer } from "../core/ports/image-examiner.ts";
import type { MediaFetcher } from "../core/ports/media-fetcher.ts";
import { isOurFault, type UnavailableReason } from "../core/signals/unavailable/reasons.ts";
import { Refusal } from "./refusal.ts";
import { type ContentType, chooseSignalTypes, parseContentType, type SignalType } from "./signal-type.ts";

export interface Signal {
	readonly type: SignalType;
	/** Empty where the picture has too little structure for PDQ: as HMA says it. */
	readonly text: string;
	readonly quality: number | null;
}

export interface HashMedia {
	file(bytes: Uint8Array, signalTypes: readonly SignalType[]): Promise<readonly Signal[]>;
	url(request: UrlRequest): Promise<readonly Signal[]>;
}

interface UrlRequest {
	readonly url: string;
	readonly allowedHosts: readonly string[];
	/** Null: by what the bytes are. */
	readonly contentType: string | null;
	/** As in the query. */
	readonly types: string | undefined;
}

const lowestQuality = 50;

export function createHashMedia(deps: {
	readonly examiner: Pick<ImageExaminer, "examine">;
	readonly fetcher: Pick<MediaFetcher, "fetch">;
	readonly timeoutMs: number;
}): HashMedia {
	const examine = (bytes: Uint8Array) => deps.examiner.examine(bytes, AbortSignal.timeout(deps.timeoutMs));
	return {
		async file(bytes, signalTypes) {
			return signalsOf(await examine(bytes), signalTypes);
		},
		async url({ url, allowedHosts, contentType, types }) {
			if (!URL.canParse(url)) throw new Refusal(400, unsafeUrl);
			const fetched = await deps.fetcher.fetch(url, allowedHosts, AbortSignal.timeout(deps.timeoutMs));
			if (fetched.kind === "unavailable") throw fetchRefusal(fetched.reason);
			const examined = await examine(fetched.bytes);
			const type = contentType === null ? detectedType(examined.mediaType) : parseContentType(contentType);
			return signalsOf(examined, chooseSignalTypes(type, types));
		},
	};
}

const unsafeUrl = "Invalid or unsafe URL provided";

function fetchRefusal(reason: UnavailableReason): Refusal {
	if (reason === "address-forbidden" || reason === "host-not-allowed") return new Refusal(400, unsafeUrl);
	if (reason === "too-many-bytes") return new Refusal(413, "Content too large");
	return new Refusal(400, `Failed to fetch URL: ${reason}`);
}

/** By the file's own bytes: what a host says of them is not asked. */
function detectedType(mediaType: string | null): ContentType {
	if (mediaType?.startsWith("image/")) return "photo";
	if (mediaType?.startsWith("video/")) return "video";
	throw new Refusal(
		400,
		"unsupported url ContentType, if you know the expected type, provide it with the content_type query param",
	);
}

function signalsOf(examined: ImageExamination, signalTypes: readonly SignalType[]): readonly Signal[] {
	return signalTypes.map((type) => signalOf(examined, type));
}

function signalOf(examined: ImageExamination, type: SignalType): Signal {
	const { hashType } = type;
	if (isOfFiles(hashType)) return { type, text: toHex(examined.hashes[hashType]), quality: null };
	if (examined.kind === "unavailable") {
		const { reason } = examined;
		if (reason === "too-many-bytes") throw new Refusal(413, "Content too large");
		throw new Refusal(isOurFault(reason) ? 503 : 400, `the picture cannot be hashed: ${reason}`);
	}
	const { hash, quality } = examined.hashes.pdq;
	return { type, text: quality < lowestQuality ? "" : toHex(hash), quality };
}

export function textsOf(signals: readonly Signal[]): Record<string, string> {
	return Object.fromEntries(signals.map(({ type, text }) => [type.name, text]));
}
