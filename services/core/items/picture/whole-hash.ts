// What a file is known by as a whole, besides its bytes: a picture by its PDQ, a video by its stills. Half a picture is another picture: what
// could not be read to its end is known by neither, and a file of several pictures only where somebody says which of them is meant.
import type { PictureHashes } from "../../banks/bank.ts";
import { usableFrames } from "../../hashes/vpdq/usable-frames.ts";
import type { Examination } from "../../ports/image-examiner.ts";
import type { UnavailableReason } from "../../signals/unavailable/reasons.ts";
import { isVideo } from "./picture.ts";

export type WholeHash =
	| { readonly kind: "picture"; readonly pdq: PictureHashes }
	/** Those of its stills by which it is known; none where it has no structure. */
	| { readonly kind: "video"; readonly stills: readonly PictureHashes[] }
	| { readonly kind: "pictures"; readonly pictures: readonly PictureHashes[] }
	| { readonly kind: "files"; readonly count: number }
	| { readonly kind: "unread"; readonly reason: UnavailableReason; readonly pictures: readonly PictureHashes[] };

export function wholeHashOf(examination: Examination): WholeHash {
	if (examination.kind === "unpacked") return { kind: "files", count: examination.members.length };
	const pictures = picturesIn(examination);
	if (examination.kind === "unavailable") return { kind: "unread", reason: examination.reason, pictures };
	if (isVideo(examination.mediaType)) return { kind: "video", stills: usableFrames(pictures) };
	const [pdq] = pictures;
	return pdq !== undefined && pictures.length === 1 ? { kind: "picture", pdq } : { kind: "pictures", pictures };
}

/** The pictures in the file that differ from one another, in order; none where it was cut short or could not be decoded. */
export function picturesIn(examination: Examination): readonly PictureHashes[] {
	const isCutShort = examination.kind === "unavailable" && examination.reason === "truncated";
	const { hashes, frames } = examination;
	return hashes.pdq === null || isCutShort ? [] : [hashes.pdq, ...frames];
}
