import { type HashType, hashTypes, textHashTypes } from "../../../services/core/hashes/hash-type.ts";
import { textHash } from "./initials/text-hash.ts";

/** What composition declares is there for the whole process, in which other files of tests run next: those know what ships with the project. */
export function withdrawInitials(): void {
	for (const types of [hashTypes as HashType[], textHashTypes as HashType[]]) {
		const at = types.findIndex((type) => String(type) === textHash.name);
		if (at >= 0) types.splice(at, 1);
	}
}
