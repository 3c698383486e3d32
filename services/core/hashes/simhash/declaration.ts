import type { HashDeclaration } from "../hash-declaration.ts";
import { nearHash } from "../hash-forms.ts";

/** The near-duplicate hash of a text (text-simhash.ts). */
export const textSimhash = {
	of: "text",
	...nearHash(),
	// Measured (npm run bench:texts): within 10 bits lie copies with a slip of the pen in a longer text, within 31 no text that says something else.
	radii: { tightRadiusBits: 10, wideRadiusBits: 31 },
	names: { en: "Near-text hash", vi: "Mã băm gần trùng văn bản" },
	listNames: [],
	threatExchangeName: "HASH_TEXT_SIMHASH",
	examples: {
		made: [
			{
				from: "Breakwater takes known content off a platform and puts every confirmed hit in front of a trained person.",
				hash: "c36b6d519b702b9b9cf4daf391970ba4de9e88aac76cc605ef52634ef3872b12",
			},
		],
		alike: [
			[
				"c36b6d519b702b9b9cf4daf391970ba4de9e88aac76cc605ef52634ef3872b12",
				"c36b6d519b702b9b9cf4daf391970ba4de9e88aac76cc605ef52634e03872b11",
			],
		],
		apart: [
			[
				"c36b6d519b702b9b9cf4daf391970ba4de9e88aac76cc605ef52634ef3872b12",
				"7f277f67545b9423c9a2a218bb990aa5b22fe18c50fc5c52c254471ef6c67d28",
			],
		],
	},
} as const satisfies HashDeclaration;
