// How hashes of initial letters are made, and the whole of the type for whoever composes (PartOverrides.textHashes).
import { createHash } from "node:crypto";
import type { TextHash, TextMaker } from "../../../../services/core/hashes/makers.ts";
import { initials } from "./declaration.ts";

const fewestWords = 4;

function hashInitials(text: string): Uint8Array | null {
	const letters = text.toLowerCase().match(/(?<!\p{L})\p{L}/gu) ?? [];
	return letters.length < fewestWords ? null : createHash("sha256").update(letters.join("")).digest();
}

const maker: TextMaker = {
	version: "initials-1",
	hash: hashInitials,
	why: "too few words",
	queries: (forms) =>
		forms.flatMap(({ transform, text }) => {
			const hash = transform === "none" ? hashInitials(text) : null;
			return hash === null ? [] : [{ transform, hash }];
		}),
};

export const textHash: TextHash = { name: "initials", declaration: initials, maker };
