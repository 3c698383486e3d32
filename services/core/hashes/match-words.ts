// What people are told of a match, whose type of hash has no words of its own.
import type { HashDeclaration, MatchWords } from "./hash-declaration.ts";
import { declarationOf, type HashType } from "./hash-type.ts";

type Language = keyof HashDeclaration["names"];
type ByForm = Readonly<Record<"text" | "near" | "exact", (declaration: HashDeclaration) => MatchWords>>;

export function matchWordsOf(type: HashType, language: Language): MatchWords {
	const declaration = declarationOf(type);
	if (declaration.said !== undefined) return declaration.said[language];
	const form = declaration.of === "text" ? "text" : declaration.comparison === "near" ? "near" : "exact";
	return byForm[language][form](declaration);
}

const exactly = {
	en: ({ names }: HashDeclaration): MatchWords => ({
		title: () => `Exactly the same ${names.en} as an entry`,
		sentence: ({ bankName }) => `Exactly a known entry of bank ${bankName}`,
	}),
	vi: ({ names }: HashDeclaration): MatchWords => ({
		title: () => `Trùng khớp tuyệt đối ${names.vi} với một bản ghi`,
		sentence: ({ bankName }) => `Trùng khớp tuyệt đối với một bản ghi trong kho ${bankName}`,
	}),
};

const byForm: Readonly<Record<Language, ByForm>> = {
	en: {
		text: ({ comparison }) => ({
			title: ({ isReworded }) => (isReworded ? "Nearly the same text as an entry" : "The same text as an entry"),
			sentence({ bankName, distanceBits, wideRadiusBits, isReworded }) {
				if (comparison !== "near")
					return isReworded
						? `The text of a known entry of bank ${bankName}, written otherwise or as a part of more`
						: `The same text as a known entry of bank ${bankName}`;
				return distanceBits === 0
					? `No difference found from an entry of bank ${bankName}, leaving aside case, marks and punctuation (0 of ${wideRadiusBits} bits)`
					: `Nearly the text of an entry of bank ${bankName}, ${distanceBits} of ${wideRadiusBits} bits away`;
			},
		}),
		near: (declaration) => ({
			title: (match) => (match.distanceBits > 0 ? "A near copy of an entry" : exactly.en(declaration).title(match)),
			sentence: (match) =>
				match.distanceBits > 0
					? `Near copy of an entry of bank ${match.bankName}, ${match.distanceBits} of ${match.wideRadiusBits} bits away`
					: exactly.en(declaration).sentence(match),
		}),
		exact: exactly.en,
	},
	vi: {
		text: ({ comparison }) => ({
			title: ({ isReworded }) => (isReworded ? "Văn bản gần trùng với một bản ghi" : "Trùng văn bản với một bản ghi"),
			sentence({ bankName, distanceBits, wideRadiusBits, isReworded }) {
				if (comparison !== "near")
					return isReworded
						? `Văn bản của một bản ghi trong kho ${bankName}, viết cách khác hoặc nằm trong văn bản dài hơn`
						: `Trùng văn bản với một bản ghi trong kho ${bankName}`;
				return distanceBits === 0
					? `Không thấy khác biệt với một bản ghi trong kho ${bankName}, không kể chữ hoa, dấu và dấu câu (0 trên ${wideRadiusBits} bit)`
					: `Văn bản gần trùng một bản ghi trong kho ${bankName}, cách ${distanceBits} trên ${wideRadiusBits} bit`;
			},
		}),
		near: (declaration) => ({
			title: (match) =>
				match.distanceBits > 0 ? "Gần như bản sao của một bản ghi" : exactly.vi(declaration).title(match),
			sentence: (match) =>
				match.distanceBits > 0
					? `Gần trùng một bản ghi trong kho ${match.bankName}, cách ${match.distanceBits} trên ${match.wideRadiusBits} bit`
					: exactly.vi(declaration).sentence(match),
		}),
		exact: exactly.vi,
	},
};
