import type { HashDeclaration, SaidMatch } from "../hash-declaration.ts";
import { exactHash } from "../hash-forms.ts";

const said = {
	en: {
		title: () => "A link of a list",
		sentence: ({ bankName }: SaidMatch) => `Its text has a link that is listed in bank ${bankName}`,
	},
	vi: {
		title: () => "Liên kết có trong danh sách",
		sentence: ({ bankName }: SaidMatch) => `Văn bản có liên kết nằm trong danh sách của kho ${bankName}`,
	},
};

/** The SHA-256 of a form under which a link is listed (core/links/link-forms.ts). */
export const link = {
	of: "link",
	...exactHash(256),
	names: { en: "Link hash", vi: "Mã băm liên kết" },
	said,
	listNames: ["url", "uri", "domain", "domain name", "host", "hostname", "fqdn", "website", "url SHA256", "full hash"],
	threatExchangeName: "HASH_LINK_SHA256",
	examples: {
		made: [
			{
				from: "hxxps://www.Example[.]org/a/b/?utm_source=x",
				hash: "23a9106d7922984812f2df79bfa4dc76a5a1a6d7360e22cac3bf38d794fc9841",
			},
		],
		alike: [],
		apart: [
			[
				"23a9106d7922984812f2df79bfa4dc76a5a1a6d7360e22cac3bf38d794fc9841",
				"23a9106d7922984812f2df79bfa4dc76a5a1a6d7360e22cac3bf38d794fc9840",
			],
		],
	},
} as const satisfies HashDeclaration;

/** Its first four bytes: one link in thousands of millions shares them by chance, and a million prefixes share with one in four thousand. */
export const linkPrefix = {
	of: "link",
	...exactHash(32),
	names: { en: "Link hash prefix", vi: "Tiền tố mã băm liên kết" },
	said,
	listNames: ["hash prefix", "url prefix"],
	threatExchangeName: "HASH_LINK_PREFIX",
	examples: {
		made: [{ from: "hxxps://www.Example[.]org/a/b/?utm_source=x", hash: "23a9106d" }],
		alike: [],
		apart: [["23a9106d", "3a9106d7"]],
	},
} as const satisfies HashDeclaration;
