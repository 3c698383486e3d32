// By which hashes a picture, or each still of a video, is looked up, and how each was made.

import { dihedralTransforms } from "../hashes/pdq/dihedral-transforms.ts";
import { usableFrames } from "../hashes/vpdq/usable-frames.ts";
import type { MediaHashes, PictureHashes } from "./bank.ts";
import type { FrameQuery } from "./match-frames.ts";
import type { FoundMatch } from "./who-answers.ts";

export type How = Omit<FoundMatch, "bank" | "entry">;

export type Query = { readonly hash: Uint8Array } & Omit<How, "distanceBits">;

export function picturesOf({ pdq }: MediaHashes, frames: readonly PictureHashes[]): readonly PictureHashes[] {
	return pdq === null ? frames : [pdq, ...frames];
}

/** The picture in its eight turns, then its other framings; of equal matches the first speaks. */
export function queriesOf({ dihedral, quality, reframed = [], shown, turnMs }: PictureHashes): readonly Query[] {
	const where = { ...(shown && { shown }), ...(turnMs && { turnMs }) };
	const turns = dihedral.map((hash, turn) => ({
		transform: dihedralTransforms[turn] ?? "none",
		hash,
		queryQuality: quality,
		...where,
	}));
	return [
		...turns,
		...reframed.map(({ transform, hash, quality: queryQuality }) => ({ transform, hash, queryQuality, ...where })),
	];
}

export function frameQueriesOf(pictures: readonly PictureHashes[]): readonly FrameQuery[] {
	return usableFrames(pictures).flatMap(({ shown, ...picture }) => {
		const queries = queriesOf(picture);
		return shown === undefined
			? []
			: {
					...{
						hashes: queries.map(({ hash }) => hash),
						transforms: queries.map(({ transform = "none" }) => transform),
					},
					...{ quality: picture.quality, shown },
				};
	});
}
