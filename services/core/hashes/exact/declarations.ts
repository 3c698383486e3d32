// The digests of a file's bytes.
import type { HashDeclaration } from "../hash-declaration.ts";
import { exactHash } from "../hash-forms.ts";

const from = "An example, agreed for tests";

export const sha256 = {
	of: "file",
	...exactHash(256),
	ofNothing: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	names: { en: "SHA-256", vi: "SHA-256" },
	listNames: ["SHA2-256", "SHA256 hash", "image SHA256", "video SHA256"],
	threatExchangeName: "HASH_SHA256",
	examples: {
		made: [{ from, hash: "88e255747f13e8c20637e59e2a0ee09fd43cfced0206cd0cb4ae6b43506274dd" }],
		alike: [],
		apart: [
			[
				"88e255747f13e8c20637e59e2a0ee09fd43cfced0206cd0cb4ae6b43506274dd",
				"88e255747f13e8c20637e59e2a0ee09fd43cfced0206cd0cb4ae6b43506274dc",
			],
		],
	},
} as const satisfies HashDeclaration;

export const sha1 = {
	of: "file",
	...exactHash(160),
	ofNothing: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
	names: { en: "SHA-1", vi: "SHA-1" },
	listNames: ["SHA1 hash", "image SHA1", "video SHA1"],
	threatExchangeName: "HASH_SHA1",
	examples: {
		made: [{ from, hash: "26a5b0ecd49a16b1fc07486f4e5a4923d378776c" }],
		alike: [],
		apart: [["26a5b0ecd49a16b1fc07486f4e5a4923d378776c", "26a5b0ecd49a16b1fc07486f4e5a4923d378776d"]],
	},
} as const satisfies HashDeclaration;

export const md5 = {
	of: "file",
	...exactHash(128),
	ofNothing: "d41d8cd98f00b204e9800998ecf8427e",
	names: { en: "MD5", vi: "MD5" },
	listNames: ["md5sum", "MD5 hash", "HASH_VIDEO_MD5", "image MD5", "video MD5"],
	threatExchangeName: "HASH_MD5",
	examples: {
		made: [{ from, hash: "3d75f3a5212c9fd3e1796ef7a52085e9" }],
		alike: [],
		apart: [["3d75f3a5212c9fd3e1796ef7a52085e9", "3d75f3a5212c9fd3e1796ef7a52085e8"]],
	},
} as const satisfies HashDeclaration;
