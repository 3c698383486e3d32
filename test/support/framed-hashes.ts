import type { ReframedHash } from "../../services/core/banks/bank.ts";
import { framings } from "../../services/core/hashes/pdq/framings.ts";

const upright = ["trimmed" as const, ...framings.map(({ transform }) => transform)];
const transforms: readonly ReframedHash["transform"][] = upright.flatMap((one) => [one, `${one}Mirrored`] as const);

/** As many as an examiner gives of a picture with a border; `hashOf` makes those of an imaginary one. */
export function framedHashes(hashOf: (index: number) => Uint8Array): readonly ReframedHash[] {
	return transforms.map((transform, index) => ({ transform, hash: hashOf(index), quality: 90 }));
}
