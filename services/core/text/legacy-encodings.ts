// Vietnamese in the encodings of old fonts, as it stands in a post when nothing has decoded it: TCVN3 (.VnTime: `Cuèi tuÇn`) and VNI
// (VNI-Times: `Cuoái tuaàn`). The form is looked up beside the text and never instead of it.
import { isSyllable } from "./vietnamese-syllable.ts";

/** TCVN 5712:1993, third table: a letter for each of these characters of Latin-1. */
const tcvn3 = table(
	"¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ ¨ă ©â ªê «ô ¬ơ \u00adư ®đ µà ¶ả ·ã ¸á ¹ạ »ằ ¼ẳ ½ẵ ¾ắ Æặ Çầ Èẩ Éẫ Êấ Ëậ Ìè Îẻ Ïẽ Ðé Ñẹ Òề Óể Ôễ Õế Öệ " +
		"×ì Øỉ Üĩ Ýí Þị ßò áỏ âõ ãó äọ åồ æổ çỗ èố éộ êờ ëở ìỡ íớ îợ ïù ñủ òũ óú ôụ õừ öử ÷ữ øứ ùự úỳ ûỷ üỹ ýý þỵ",
);
/** Letters of VNI that are one character; the others are a letter with one of these after it. */
const vniSingle = table("ñđ Ñđ öư Öư ôơ Ôơ æỉ Æỉ óĩ Óĩ òị Òị îỵ Îỵ");
const vniMarks: Readonly<Record<string, string>> = {
	ø: "\u0300",
	ù: "\u0301",
	û: "\u0309",
	õ: "\u0303",
	ï: "\u0323",
	â: "\u0302",
	à: "\u0302\u0300",
	á: "\u0302\u0301",
	å: "\u0302\u0309",
	ã: "\u0302\u0303",
	ä: "\u0302\u0323",
	ê: "\u0306",
	è: "\u0306\u0300",
	é: "\u0306\u0301",
	ú: "\u0306\u0309",
	ü: "\u0306\u0303",
	ë: "\u0306\u0323",
};

function table(pairs: string): ReadonlyMap<string, string> {
	return new Map(pairs.split(" ").map((pair) => [pair.charAt(0), pair.slice(1)]));
}

const foreign = /[\u00a1-\u00ff]/u;
/** Characters that no text in the old encodings has. */
const decoded = /[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/u;
/** The share of the words with such characters that must come out as syllables. */
const fewestShare = 0.7;

export function readLegacyEncoding(text: string): readonly string[] {
	if (!foreign.test(text) || decoded.test(text)) return [];
	const unread = readMisread(text);
	return [
		...(unread === null ? [] : [unread]),
		...[readTcvn3, readVni].map((read) => read(text)).filter((read) => isVietnamese(text, read)),
	];
}

/** The characters that Windows-1252 has for 0x80 to 0x9f. */
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** UTF-8 that somebody read as Latin-1 or Windows-1252 (`quÃ¡n phá»Ÿ`); null where it is none. */
function readMisread(text: string): string | null {
	const bytes = Array.from(text, (one) => {
		const at = windows.indexOf(one);
		return at < 0 ? (one.codePointAt(0) ?? 0) : 0x80 + at;
	});
	if (bytes.some((byte) => byte > 0xff)) return null;
	try {
		return utf8.decode(Uint8Array.from(bytes));
	} catch {
		return null;
	}
}

function readTcvn3(text: string): string {
	return text.replace(/[\u00a1-\u00ff]/gu, (letter) => tcvn3.get(letter) ?? letter);
}

/** In one pass: what comes out of a letter and its mark may be a letter that stands for another one. */
function readVni(text: string): string {
	return text.replace(
		/([aeiouyöô])([øùûõïâàáåãäêèéúüë])|[ñöôæóòî]/giu,
		(both, letter: string | undefined, mark: string | undefined) =>
			letter === undefined || mark === undefined
				? (vniSingle.get(both) ?? both)
				: `${vniSingle.get(letter) ?? letter}${vniMarks[mark.toLowerCase()] ?? mark}`.normalize("NFC"),
	);
}

function isVietnamese(text: string, read: string): boolean {
	const [before, after] = [text, read].map((one) => one.split(/[^\p{L}\p{M}\u00a1-\u00ff]+/u));
	if (before === undefined || after === undefined || before.length !== after.length) return false;
	const changed = after.filter((word, at) => word !== before[at]);
	return (
		changed.length > 0 &&
		changed.filter((word) => isSyllable(word.toLowerCase())).length >= fewestShare * changed.length
	);
}
