// The hashes of one item in one list, whatever it is and whatever types there are: to be recorded, printed, or put into a bank.
import type { MediaHashes } from "../banks/bank.ts";
import {
	fileHashTypes,
	type HashType,
	isOfParts,
	isOfTexts,
	pictureHashTypes,
	type TextHashType,
	textHashTypes,
} from "../hashes/hash-type.ts";
import { textMakers } from "../hashes/makers.ts";

export interface ItemHash {
	readonly type: HashType;
	readonly hash: Uint8Array;
	/** 0–100; null for what is not made of pixels. */
	readonly quality: number | null;
}

/** Those that it has: a file that could not be decoded has none of its pixels. */
export function mediaHashesOf(media: MediaHashes): readonly ItemHash[] {
	const ofBytes = fileHashTypes.map((type) => ({ type, hash: media[type], quality: null }));
	const ofPixels = pictureHashTypes.flatMap((type) => {
		const picture = media[type];
		return picture === null ? [] : [{ type, hash: picture.hash, quality: picture.quality }];
	});
	return [...ofBytes, ...ofPixels];
}

/** One of each type; null where the text has none. */
export function textHashesOf(
	text: string,
): readonly { readonly type: TextHashType; readonly hash: Uint8Array | null }[] {
	return textHashTypes.map((type) => ({ type, hash: textMakers[type].hash(text) }));
}

/** Whether a hash of the type is made of an item's whole text, so that it stands for the text when entries come later. */
export function standsForText(type: HashType): boolean {
	return isOfTexts(type) && !isOfParts(type);
}

/** All that stand for a text; those that are known already are not made again. */
export function wordingHashesOf(
	text: string,
	known: readonly { readonly type: HashType; readonly hash: Uint8Array }[],
): readonly ItemHash[] {
	return textHashTypes.filter(standsForText).flatMap((type) => {
		const hash = known.find((one) => one.type === type)?.hash ?? textMakers[type].hash(text);
		return hash === null ? [] : [{ type, hash, quality: null }];
	});
}
