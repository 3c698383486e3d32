// What people do to Vietnamese texts alone: fonts of old, tones at the other vowel, the short forms of young writers. A text that is not
// Vietnamese stays as it was.
import teencode from "../../../services/core/text/teencode.json" with { type: "json" };
import type { Disguise } from "./disguises.ts";

const letters = /[\p{L}\p{M}]+/gu;
const isVietnamese = (text: string) => /[ăđơưạ-ỹ]/iu.test(text.normalize("NFC"));
const inVietnamese =
	(disguise: Disguise): Disguise =>
	(text, chance) =>
		isVietnamese(text) ? disguise(text.normalize("NFC"), chance) : text;

/** TCVN 5712, as GNU libc's iconv writes it; the letters in the order of their bytes. */
const tcvn3Bytes =
	"a2â a3ê a4ô a5ơ a6ư a7đ a8ă a9â aaê abô acơ adư aeđ b5à b6ả b7ã b8á b9ạ bbằ bcẳ bdẵ beắ c6ặ c7ầ c8ẩ c9ẫ caấ cbậ ccè ceẻ cfẽ d0é d1ẹ " +
	"d2ề d3ể d4ễ d5ế d6ệ d7ì d8ỉ dcĩ ddí deị dfò e1ỏ e2õ e3ó e4ọ e5ồ e6ổ e7ỗ e8ố e9ộ eaờ ebở ecỡ edớ eeợ efù f1ủ f2ũ f3ú f4ụ f5ừ f6ử f7ữ f8ứ f9ự faỳ fbỷ fcỹ fdý feỵ";
const tcvn3 = new Map(
	tcvn3Bytes.split(" ").map((pair) => [pair.slice(2), String.fromCharCode(Number.parseInt(pair.slice(0, 2), 16))]),
);

const vniWhole: Readonly<Record<string, string>> = { đ: "ñ", ỉ: "æ", ĩ: "ó", ị: "ò", ì: "ì", í: "í", ỵ: "î" };
/** By the marks on a letter: the character behind it. */
const vniBehind: Readonly<Record<string, string>> = {
	...{ "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï" },
	...{ "\u0302": "â", "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã" },
	...{ "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú" },
	...{ "\u0306\u0303": "ü", "\u0306\u0323": "ë" },
};

function inVni(letter: string): string {
	const whole = vniWhole[letter];
	if (whole !== undefined) return whole;
	const [base = "", ...marks] = letter.normalize("NFD");
	const hasHorn = marks.includes("\u031b");
	const rest = marks.filter((mark) => mark !== "\u031b");
	// The shape first, then the tone, in whatever order Unicode has them.
	const shape = rest.filter((mark) => /[\u0302\u0306]/u.test(mark)).join("");
	const tone = rest.filter((mark) => !/[\u0302\u0306]/u.test(mark)).join("");
	const plain = hasHorn ? (base === "u" ? "ö" : "ô") : base;
	return plain + (vniBehind[shape + tone] ?? "");
}

const otherPlaces: Readonly<Record<string, string>> = { oa: "oa", oe: "oe", uy: "uy" };

/** `hòa` as `hoà`, and the other way round. */
function withToneElsewhere(word: string): string {
	return word
		.normalize("NFD")
		.replace(
			/([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])(?!\p{L})/giu,
			(all, one: string, tone: string, two: string) =>
				otherPlaces[(one + two).toLowerCase()] === undefined ? all : one + two + tone,
		)
		.normalize("NFC");
}

const shortOf = new Map<string, readonly string[]>();
for (const [short, full] of Object.entries(teencode)) shortOf.set(full, [...(shortOf.get(full) ?? []), short]);

export const vietnameseDisguises: Readonly<Record<string, Disguise>> = {
	"TCVN3, as old fonts have it": inVietnamese((text) =>
		Array.from(text.toLowerCase(), (one) => tcvn3.get(one) ?? one).join(""),
	),
	"VNI, as old fonts have it": inVietnamese((text) => Array.from(text.toLowerCase(), inVni).join("")),
	"tones at the other vowel": inVietnamese((text) => text.replace(letters, withToneElsewhere)),
	"teencode, wherever there is a short form": inVietnamese((text, chance) =>
		text.replace(letters, (word) => {
			const all = shortOf.get(word.toLowerCase()) ?? [word];
			return all[chance(all.length)] ?? word;
		}),
	),
	"teencode of endings and beginnings": inVietnamese((text) =>
		text
			.replace(/\bph(?=\p{L})/giu, "f")
			.replace(/(?<=\p{L})ng(?!\p{L})/giu, "g")
			.replace(/\bqu(?=[êyâ])/giu, "w"),
	),
};
