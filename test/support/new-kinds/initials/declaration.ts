// A type of hash made up for a test: texts whose words begin with the same letters, in the same order, are alike. All that it needs lies in
// this folder. This much of it the console has, too.
import { exactHash } from "../../../../services/core/hashes/hash-forms.ts";
import type { TextHashDeclaration } from "../../../../services/core/hashes/hash-type.ts";

export const initials = {
	of: "text",
	...exactHash(256),
	names: { en: "Hash of initial letters", vi: "Mã băm chữ cái đầu" },
	said: {
		en: {
			title: () => "Initial letters of an entry",
			sentence: ({ bankName }) => `Its words begin as those of an entry of bank ${bankName} do`,
		},
		vi: {
			title: () => "Chữ cái đầu của một bản ghi",
			sentence: ({ bankName }) => `Các chữ bắt đầu giống một bản ghi trong kho ${bankName}`,
		},
	},
	listNames: ["acrostic"],
	threatExchangeName: "HASH_TEXT_INITIALS",
	examples: {
		made: [
			{
				from: "An example, agreed for tests",
				hash: "b9e62a7f0d11c4b72b00d701fc2eacbf8d8dd60dbc3422deb60f40797364f6fa",
			},
		],
		alike: [],
		apart: [
			[
				"b9e62a7f0d11c4b72b00d701fc2eacbf8d8dd60dbc3422deb60f40797364f6fa",
				"6f78c3a6477a43c45a0aad632339ccf422147ef407df043a06f33b748c672fe1",
			],
		],
	},
} satisfies TextHashDeclaration;
