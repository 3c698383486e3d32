// Letters that pass for others: small capitals, letters of other scripts, letters in boxes and circles (a part of Unicode's UTS 39 and
// what normalization leaves of enclosed letters). Cyrillic and Greek that stand for themselves are read as Latin, too: forms made with
// this are only ever looked up beside the text as it is.

import lookAlikes from "./look-alikes.json" with { type: "json" };

const pairs =
	"ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ıi ȷj ƅb ɩi ʋu ʊu ɯw ɛe ɔc ᶦi " +
	"аa вb еe кk мm нh оo рp сc тt уy хx іi їi јj ѕs ԁd һh ԛq ԝw ӏl ғf ԍg ъb ьb АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ԌG ҺH ԚQ ԜW ӀI " +
	"αa βb γy εe ηn ικ ιi κk νv οo ρp τt υu χx ωw ϲc ϳj ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX " +
	"օo ոn սu հh ցg զq ԱU աw ӑa øo ØO łl ŁL ħh ŧt ƀb ɓb ɗd ƙk ƥp ɋq ɠg ɦh ɲn";
const single: ReadonlyMap<string, string> = new Map(
	pairs.split(" ").flatMap((pair) => {
		const [from = "", to = ""] = [...pair];
		return /[a-z]/i.test(to) ? [[from, to] as const] : [];
	}),
);
/** First code points of alphabets that normalization leaves as they are: circled and squared in negative, regional indicators. */
const alphabets = [0x1f150, 0x1f170, 0x1f1e6];
const candidate = /[\u00d8-\u1dff\u2000-\u{10ffff}]/gu;

/** Stays as it is: hashes of entries are made with it. */
export function withoutLookAlikes(text: string): string {
	return text.replace(candidate, (letter) => usualLetter(letter) ?? letter);
}

/** By letter or digit, what Unicode lists as confusable with it (UTS 39) beyond what is above. */
const confusable: ReadonlyMap<string, string> = new Map(
	Object.entries(lookAlikes).flatMap(([to, all]) => Array.from(all, (from) => [from, to] as const)),
);

/** Its skeleton in Latin letters and digits: also without the look-alikes that hardly anybody uses. For forms to look up only. */
export function latinSkeleton(text: string): string {
	return text.replace(candidate, (letter) => usualLetter(letter) ?? confusable.get(letter) ?? letter);
}

function usualLetter(letter: string): string | null {
	return single.get(letter) ?? enclosed(letter.codePointAt(0) ?? 0);
}

function enclosed(code: number): string | null {
	const first = alphabets.find((start) => code >= start && code < start + 26);
	return first === undefined ? null : String.fromCharCode(0x61 + code - first);
}
