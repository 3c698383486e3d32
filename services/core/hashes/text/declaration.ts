import type { HashDeclaration } from "../hash-declaration.ts";
import { exactHash } from "../hash-forms.ts";

/** The SHA-256 of a normalized text (text-hash.ts). */
export const text = {
	of: "text",
	...exactHash(256),
	names: { en: "Text hash", vi: "Mã băm văn bản" },
	listNames: ["text SHA256"],
	threatExchangeName: "HASH_TEXT_SHA256",
	examples: {
		made: [
			{
				from: "An EXAMPLE,  agreed for\u200b tests ",
				hash: "2f37257faf982a60061aaf12e6283d1c3957fc1607bcbfe27ae28ee154834166",
			},
		],
		alike: [],
		apart: [
			[
				"2f37257faf982a60061aaf12e6283d1c3957fc1607bcbfe27ae28ee154834166",
				"2f37257faf982a60061aaf12e6283d1c3957fc1607bcbfe27ae28ee154834167",
			],
		],
	},
} as const satisfies HashDeclaration;
