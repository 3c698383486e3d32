import type { HashDeclaration } from "../hash-declaration.ts";
import { exactHash } from "../hash-forms.ts";

/** A term of one to a few words, found within texts (term-hash.ts). */
export const term = {
	of: "term",
	...exactHash(128),
	names: { en: "Term hash", vi: "Mã băm từ khóa" },
	said: {
		en: {
			title: () => "A term of a list",
			sentence: ({ bankName }) => `Its text has a term that is listed in bank ${bankName}`,
		},
		vi: {
			title: () => "Từ khóa có trong danh sách",
			sentence: ({ bankName }) => `Văn bản có từ khóa nằm trong danh sách của kho ${bankName}`,
		},
	},
	listNames: ["term", "terms", "keyword", "phrase"],
	threatExchangeName: "HASH_TERM",
	examples: {
		made: [
			{ from: "  Example   TERM ", hash: "4dca20a5e83f5bfd4dca20a5e83f5bfd" },
			{ from: "từ hoà", hash: "87dc59c9cd5f27123fc1379084fed14b" },
		],
		alike: [],
		apart: [["4dca20a5e83f5bfd4dca20a5e83f5bfd", "87dc59c9cd5f27123fc1379084fed14b"]],
	},
} as const satisfies HashDeclaration;
