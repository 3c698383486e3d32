import type { HashDeclaration } from "../hash-declaration.ts";
import { partsHash } from "../hash-forms.ts";

/** What a text holds, so that it is found within another (text-shingles.ts). */
export const textShingles = {
	of: "text",
	...partsHash(),
	// Seven of eight parts: with six, phrases that everybody writes would do.
	radii: { tightRadiusBits: 0, wideRadiusBits: 32 },
	names: { en: "Hash of a text's shingles", vi: "Mã băm các đoạn chữ của văn bản" },
	listNames: [],
	threatExchangeName: "HASH_TEXT_SHINGLES",
	examples: {
		made: [
			{
				from: "Breakwater takes known content off a platform and puts every confirmed hit in front of a trained person.",
				hash: "028922ba0792dad308ba8e9c091500900b8d32940d1325d50f3ee85c109139df",
			},
		],
		alike: [
			[
				"028922ba0792dad308ba8e9c091500900b8d32940d1325d50f3ee85c109139df",
				"000000010792dad308ba8e9c091500900b8d32940d1325d50f3ee85c109139df",
			],
		],
		apart: [
			[
				"028922ba0792dad308ba8e9c091500900b8d32940d1325d50f3ee85c109139df",
				"06c29604072d5e5211cad2c512388ac615d8526f1637b745223284a928541a96",
			],
		],
	},
} as const satisfies HashDeclaration;
