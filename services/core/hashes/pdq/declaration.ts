import type { HashDeclaration } from "../hash-declaration.ts";
import { nearHash } from "../hash-forms.ts";

/** Banks say how near is near. The examples are of the generated pictures in test/fixtures/hashing. */
export const pdq = {
	of: "picture",
	...nearHash(),
	names: { en: "PDQ", vi: "PDQ" },
	listNames: ["PDQ hash", "image PDQ"],
	threatExchangeName: "HASH_PDQ",
	examples: {
		made: [],
		alike: [
			[
				"6be0ce8ae0a8524ac5e0d24a79cb3b1aee103a4ad36245ba31e100abfff9aff5",
				"6be0ce8ae0a8524ac5e0d24a79cb3b1aee103a4ad36245ba31e100ab80000ff5",
			],
		],
		apart: [
			[
				"6be0ce8ae0a8524ac5e0d24a79cb3b1aee103a4ad36245ba31e100abfff9aff5",
				"6ca3014da3cb20944343166cd4e370c4ca1f6194a83f7e6c5756fffe577469e0",
			],
		],
	},
} as const satisfies HashDeclaration;
