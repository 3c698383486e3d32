// What people do to a text so that it is not recognized, or without thinking of it.

/** Answers numbers from 0 up to, not including, `below`; the same ones in every run. */
export type Chance = (below: number) => number;
type Edit = (text: string, vocabulary: readonly string[], chance: Chance) => string;

/** A linear congruential generator (Numerical Recipes): nobody guesses against it. */
export function createChance(seed: number): Chance {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const replaced =
	(share: number): Edit =>
	(text, vocabulary, chance) => {
		const pieces = text.split(/(\s+)/);
		const places = pieces.flatMap((piece, at) => (/\p{L}/u.test(piece) ? [at] : []));
		const count = Math.max(1, Math.round(places.length * share));
		for (let done = 0; done < count && places.length > 0; done += 1) {
			const [place = 0] = places.splice(chance(places.length), 1);
			pieces[place] = vocabulary[chance(vocabulary.length)] ?? "";
		}
		return pieces.join("");
	};

const lookalikes: Readonly<Record<string, string>> = {
	a: "\u0430",
	e: "\u0435",
	o: "\u043e",
	p: "\u0440",
	c: "\u0441",
};

/** Every character of Unicode that shows nothing, by its properties; the code under test has a list of its own. */
export const unseen: readonly string[] = Array.from({ length: 0x110000 }, (_, code) => code)
	.filter((code) => code < 0xd800 || code > 0xdfff)
	.map((code) => String.fromCodePoint(code))
	.filter((one) => /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(one));

export const edits: Readonly<Record<string, Edit>> = {
	"capitals and other punctuation": (text) => text.toUpperCase().replace(/[.,;:]/g, " !! "),
	"look-alike letters": (text) => text.replace(/[aeopc]/g, (letter) => lookalikes[letter] ?? letter),
	"invisible characters, of all there are": (text, _vocabulary, chance) =>
		[...text].map((one) => one + (unseen[chance(unseen.length)] ?? "")).join(""),
	"diacritics removed": (text) =>
		text
			.normalize("NFD")
			.replace(/[\u0300-\u036f]/g, "")
			.replaceAll("đ", "d")
			.replaceAll("Đ", "D"),
	"two letters swapped": (text, _vocabulary, chance) => {
		const at = chance(Math.max(1, text.length - 2));
		return `${text.slice(0, at)}${text.charAt(at + 1)}${text.charAt(at)}${text.slice(at + 2)}`;
	},
	"one word replaced": replaced(0),
	"5 % of words replaced": replaced(0.05),
	"10 % of words replaced": replaced(0.1),
	"eight words appended": (text, vocabulary, chance) =>
		`${text} ${Array.from({ length: 8 }, () => vocabulary[chance(vocabulary.length)]).join(" ")}.`,
	"last tenth cut off": (text) => text.slice(0, Math.floor(text.length * 0.9)),
	"halves exchanged": (text) => {
		const words = text.split(" ");
		return [...words.slice(words.length / 2), ...words.slice(0, words.length / 2)].join(" ");
	},
};
