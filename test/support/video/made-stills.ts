// Hashes of a video's stills without any video: one a second, each of a scene of its own.
import type { PictureHashes } from "../../../services/core/banks/bank.ts";
import { digest, withBitsFlipped } from "../bank-fixtures.ts";

export interface MadeStill {
	readonly scene: string;
	readonly flippedBits?: number;
}

const turns = [1, 2, 3, 4, 5, 6, 7] as const;

/** `isMirrored`: what was the first turn of each is the still itself, and the other way round. */
export function madeStills(stills: readonly MadeStill[], isMirrored = false): readonly PictureHashes[] {
	return stills.map(({ scene, flippedBits = 0 }, at) => {
		const [hash, first, ...others] = [digest(scene), ...turns.map((turn) => digest(`${scene} turned ${turn}`))].map(
			(one) => withBitsFlipped(one, flippedBits),
		);
		const [own, turned] = isMirrored ? [first, hash] : [hash, first];
		return {
			hash: own ?? digest(scene),
			quality: 90,
			dihedral: [turned ?? digest(scene), ...others],
			shown: [{ fromMs: at * 1_000, toMs: (at + 1) * 1_000 }],
		};
	});
}

export function scenesOf(name: string, count: number, flippedBits = 0): readonly MadeStill[] {
	return Array.from({ length: count }, (_, at) => ({ scene: `${name} ${at}`, flippedBits }));
}
