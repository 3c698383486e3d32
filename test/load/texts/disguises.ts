// What people do to a text so that it is not recognized and is read all the same. Each takes a text as it would be written and gives
// it back in disguise; those that are Vietnamese leave a text without its marks as it was.
import lookAlikes from "../../../services/core/text/look-alikes.json" with { type: "json" };
import type { Chance } from "./edits.ts";

export type Disguise = (text: string, chance: Chance) => string;

const letter = /\p{L}/u;
const graphemes = (text: string): readonly string[] => [...text.normalize("NFC")];

const between =
	(separator: string, space: string): Disguise =>
	(text) =>
		text
			.split(/\s+/)
			.map((word) => graphemes(word.replace(/[^\p{L}\p{N}]/gu, "")).join(separator))
			.filter((word) => word !== "")
			.join(space);

const eachLetter =
	(share: number, change: (one: string) => string): Disguise =>
	(text, chance) =>
		graphemes(text)
			.map((one) => (letter.test(one) && chance(100) < share ? change(one) : one))
			.join("");

const mapped =
	(table: Readonly<Record<string, string>>, share: number): Disguise =>
	(text, chance) =>
		graphemes(text)
			.map((one) => (table[one] !== undefined && chance(100) < share ? table[one] : one))
			.join("");

const inWord =
	(change: (word: string, chance: Chance) => string, shortest = 4): Disguise =>
	(text, chance) => {
		const words = text.split(" ");
		const places = words.flatMap((word, at) => (new RegExp(`^\\p{L}{${shortest},}$`, "u").test(word) ? [at] : []));
		const place = places[chance(Math.max(1, places.length))];
		if (place === undefined) return text;
		words[place] = change(words[place] ?? "", chance);
		return words.join(" ");
	};

const leet = { o: "0", i: "1", e: "3", a: "4", s: "5", t: "7", O: "0", I: "1", E: "3", A: "4", S: "5", T: "7" };
const cyrillic = {
	a: "а",
	e: "е",
	o: "о",
	p: "р",
	c: "с",
	x: "х",
	y: "у",
	A: "А",
	E: "Е",
	O: "О",
	P: "Р",
	C: "С",
	T: "Т",
	H: "Н",
};
const small: Readonly<Record<string, string>> = Object.fromEntries(
	[..."abcdefghijklmnoprtuvwyz"].map((plain, at) => [plain, [..."ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ"][at] ?? plain]),
);

type Keys = Readonly<Record<string, string>>;
const telex: Keys = { "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j" };
const vni: Keys = { "\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5" };

/** The keys for a syllable, the tone's at its end or behind its vowel. */
const typed =
	(tones: Keys, mark: (base: string, mark: string) => string, toneAt: "end" | "vowel"): Disguise =>
	(text) =>
		text.toLowerCase().replace(/[\p{L}\p{M}]+/gu, (word) => {
			let tone = "";
			let keys = "";
			for (const one of shapeFirst(word.normalize("NFD")).replaceAll("đ", "d\u0335")) {
				const toneKey = tones[one];
				if (toneKey !== undefined && toneAt === "vowel") keys += toneKey;
				else if (toneKey !== undefined) tone = toneKey;
				else if (/[\u0302\u0306\u031b\u0335]/u.test(one)) keys = mark(keys, one);
				else keys += one;
			}
			return keys + tone;
		});

/** Unicode has the dot below before the circumflex; nobody types it so. */
function shapeFirst(apart: string): string {
	return apart.replace(/\u0323([\u0302\u0306])/g, "$1\u0323");
}

const telexMark = (keys: string, mark: string) => {
	if (mark === "\u0302" || mark === "\u0335") return keys + (keys.at(-1) ?? "");
	return `${keys}w`;
};
const vniMarks: Keys = { "\u0302": "6", "\u031b": "7", "\u0306": "8", "\u0335": "9" };
const vniMark = (keys: string, mark: string) => keys + (vniMarks[mark] ?? "");

const emoji = ["😀", "🔥", "⭐", "❤️", "🌸"];

/** What leaves every letter in its place, in another writing. */
export const disguises: Readonly<Record<string, Disguise>> = {
	"letters spaced": between(" ", "   "),
	"letters dotted, words run together": (text) => between(".", ".")(text, () => 0),
	"letters hyphenated": between("-", " "),
	"an emoji between letters": (text, chance) => {
		const one = emoji[chance(emoji.length)] ?? "";
		return between(one, " ")(text, chance);
	},
	"an emoji in a word": inWord((word, chance) => {
		const at = 1 + chance(word.length - 1);
		return word.slice(0, at) + (emoji[chance(emoji.length)] ?? "") + word.slice(at);
	}),
	"a sign in every longer word": (text, chance) =>
		text.replace(/\p{L}{5,}/gu, (word) => {
			const at = 2 + chance(word.length - 3);
			return `${word.slice(0, at)}${[".", "*", "_", "-"][chance(4)]}${word.slice(at)}`;
		}),
	"words run together": between("", ""),
	"character codes": (text, chance) =>
		graphemes(text)
			.map((one) => {
				const code = one.codePointAt(0) ?? 0;
				if (!letter.test(one) || (code < 128 && chance(3) > 0)) return one;
				return chance(2) === 0 ? `&#${code};` : `&#x${code.toString(16)};`;
			})
			.join(""),
	"character codes, escaped again": (text) =>
		graphemes(text)
			.map((one) => (one.charCodeAt(0) > 127 ? `&amp;#${one.codePointAt(0)};` : one))
			.join(""),
	tags: (text, chance) =>
		`<p class="x">${text.replace(/ /g, (space) => (chance(2) === 0 ? "<b></b> " : space))}</p><br/>`,
	"tags in words": inWord((word) => `${word.slice(0, 2)}<span>${word.slice(2)}</span>`),
	"forum tags": (text, chance) => `[b]${text.replace(/ /g, (space) => (chance(4) === 0 ? "[/b] [b]" : space))}[/b]`,
	"keycaps and strokes": eachLetter(30, (one) => `${one}${"\u20e3"}`),
	"digits for letters": mapped(leet, 100),
	"digits for letters in half of them": mapped(leet, 50),
	"letters repeated": (text, chance) =>
		text.replace(/\p{L}/gu, (one) => (chance(8) === 0 ? one.repeat(3 + chance(3)) : one)),
	"small capitals": (text) => mapped(small, 100)(text.toLowerCase(), () => 0),
	"Cyrillic letters": mapped(cyrillic, 60),
	"any letter that Unicode calls confusable": (text, chance) =>
		graphemes(text)
			.map((one) => {
				const all = [...(lookAlikes[one as keyof typeof lookAlikes] ?? "")].filter((other) => letter.test(other));
				return all[chance(Math.max(1, all.length))] ?? one;
			})
			.join(""),
	"full width": (text) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
	"Telex, tone last": typed(telex, telexMark, "end"),
	"Telex, tone at the vowel": typed(telex, telexMark, "vowel"),
	"VNI, tone last": typed(vni, vniMark, "end"),
	"VNI, tone at the vowel": typed(vni, vniMark, "vowel"),
	"marks left out": (text) =>
		text
			.normalize("NFD")
			.replace(/[\u0300-\u036f]/g, "")
			.replaceAll("đ", "d")
			.replaceAll("Đ", "D"),
	"an address appended": (text, chance) =>
		`${text} ${["https://t.example/aB3x", "www.example.test/p?q=1", "t.example/xYz9", "@someone", "me@example.test"][chance(5)]}`,
	"quoted, with a reply": (text, chance) =>
		`> ${text}\n\n${["Agreed, everybody should know.", "đồng ý với bạn nhé, ai cũng nên biết chuyện này"][chance(2)]}`,
	"between other lines": (text) =>
		`Good morning everybody, this is what I was sent:\n${text}\nWhat do you think of it?`,
};

/** What people do without meaning to. */
export const slips: Readonly<Record<string, Disguise>> = {
	"two letters swapped": inWord((word, chance) => {
		const at = chance(word.length - 1);
		return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
	}),
	"a letter elsewhere": inWord((word, chance) => {
		const at = chance(word.length);
		const rest = word.slice(0, at) + word.slice(at + 1);
		const to = chance(rest.length + 1);
		return rest.slice(0, to) + word.charAt(at) + rest.slice(to);
	}),
	"a letter left out": inWord((word, chance) => {
		const at = chance(word.length);
		return word.slice(0, at) + word.slice(at + 1);
	}),
	"a word doubled": inWord((word) => word + word),
	"another letter": inWord((word, chance) => {
		const at = chance(word.length);
		return `${word.slice(0, at)}${"etaoinsrh".charAt(chance(9))}${word.slice(at + 1)}`;
	}),
};
