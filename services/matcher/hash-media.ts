// From a file, or the address of one, to its signals. Decoding happens in worker threads; what could not be hashed is refused,
// never answered as if nothing were there.
import type { PictureHashes } from "../core/banks/bank.ts";
import { isOfFiles, isOfFrames } from "../core/hashes/hash-type.ts";
import { lowestQuality } from "../core/hashes/pdq/structure.ts";
import { hashOfFrames } from "../core/hashes/vpdq/hash-of-frames.ts";
import { framesOfVideo } from "../core/items/picture/frames-of-video.ts";
import { picturesIn, wholeHashOf } from "../core/items/picture/whole-hash.ts";
import type { ImageExamination, ImageExaminer } from "../core/ports/image-examiner.ts";
import type { MediaFetcher } from "../core/ports/media-fetcher.ts";
import { isOurFault, type UnavailableReason } from "../core/signals/unavailable/reasons.ts";
import { Refusal } from "./refusal.ts";
import {
	type ChosenTypes,
	type ContentType,
	chooseSignalTypes,
	parseContentType,
	type SignalType,
	type SignalValue,
} from "./signal-type.ts";

export interface Signal {
	readonly type: SignalType;
	/** Null where the picture has too little structure to be looked up by; HMA's clients read an empty text. */
	readonly value: SignalValue | null;
	readonly quality: number | null;
	/** The stills of a video as they are looked up: in all their turns. */
	readonly stills?: readonly PictureHashes[];
}

export interface HashedMedia {
	readonly signals: readonly Signal[];
	/** Types that nobody named and that could not be made of it: their matches are unknown. */
	readonly notHashed: readonly { readonly type: SignalType; readonly reason: string }[];
}

export interface HashMedia {
	file(bytes: Uint8Array, chosen: ChosenTypes): Promise<HashedMedia>;
	url(request: UrlRequest): Promise<HashedMedia>;
}

interface UrlRequest {
	readonly url: string;
	readonly allowedHosts: readonly string[];
	/** Null: by what the bytes are. */
	readonly contentType: string | null;
	/** As in the query. */
	readonly types: string | undefined;
}

export function createHashMedia(deps: {
	readonly examiner: Pick<ImageExaminer, "examine">;
	readonly fetcher: Pick<MediaFetcher, "fetch">;
	readonly timeoutMs: number;
}): HashMedia {
	const examine = (bytes: Uint8Array) => deps.examiner.examine(bytes, AbortSignal.timeout(deps.timeoutMs));
	return {
		async file(bytes, chosen) {
			return hashedMedia(await examine(bytes), chosen);
		},
		async url({ url, allowedHosts, contentType, types }) {
			if (!URL.canParse(url)) throw new Refusal(400, unsafeUrl);
			const fetched = await deps.fetcher.fetch(url, allowedHosts, AbortSignal.timeout(deps.timeoutMs));
			if (fetched.kind === "unavailable") throw fetchRefusal(fetched.reason);
			const examined = await examine(fetched.bytes);
			const type = contentType === null ? detectedType(examined.mediaType) : parseContentType(contentType);
			return hashedMedia(examined, chooseSignalTypes(type, types));
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

function hashedMedia(examined: ImageExamination, { types, areNamed }: ChosenTypes): HashedMedia {
	const made = types.map((type) => ({ type, signal: signalOf(examined, type) }));
	const signals = made.flatMap(({ signal }) => ("fault" in signal ? [] : signal));
	const faulty = made.flatMap(({ type, signal }) => ("fault" in signal ? { type, fault: signal.fault } : []));
	const [first] = faulty;
	const isOurs = faulty.some(({ fault }) => fault !== "no-video" && isOurFault(fault));
	if (first !== undefined && (areNamed || signals.length === 0 || isOurs)) throw faultRefusal(first);
	return { signals, notHashed: faulty.map(({ type, fault: reason }) => ({ type, reason })) };
}

type Fault = UnavailableReason | "no-video";

function signalOf(examined: ImageExamination, type: SignalType): Signal | { readonly fault: Fault } {
	const { hashType } = type;
	if (isOfFiles(hashType)) return { type, value: { hash: examined.hashes[hashType] }, quality: null };
	const whole = wholeHashOf(examined);
	if (whole.kind === "unread") return { fault: whole.reason };
	if (isOfFrames(hashType)) return whole.kind === "video" ? ofVideo(type, whole.stills) : { fault: "no-video" };
	const [pdq] = picturesIn(examined);
	if (pdq === undefined || whole.kind === "video") return { fault: "not-an-image" };
	return { type, value: pdq.quality < lowestQuality ? null : { hash: pdq.hash }, quality: pdq.quality };
}

function ofVideo(type: SignalType, stills: readonly PictureHashes[]): Signal {
	const frames = framesOfVideo(stills);
	return { type, value: frames.length === 0 ? null : { hash: hashOfFrames(frames), frames }, quality: null, stills };
}

function faultRefusal({ type, fault }: { readonly type: SignalType; readonly fault: Fault }): Refusal {
	if (fault === "too-many-bytes") return new Refusal(413, "Content too large");
	const status = fault !== "no-video" && isOurFault(fault) ? 503 : 400;
	return new Refusal(status, `the ${type.contentType === "photo" ? "picture" : "video"} cannot be hashed: ${fault}`);
}

/** As HMA writes them. */
export function textsOf(signals: readonly Signal[]): Record<string, string> {
	return Object.fromEntries(signals.map(({ type, value }) => [type.name, value === null ? "" : type.write(value)]));
}
