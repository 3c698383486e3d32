// How well the language of short texts is told: English and Vietnamese with its marks and without, and texts in other languages that
// would be taken for either.
import { identifyLanguage, type Language } from "../../../services/core/text/identify-language.ts";
import type { Figure } from "../report.ts";
import { some } from "./alike.ts";
import { type Corpus, messages } from "./corpora.ts";

const lengths = [4, 8, 16];
const mostTexts = 500;
const mostForeign = 20_000;
/** Percent. */
const mostWrong = 2;
const others = "de fr es it pt_BR nl sv da pl cs tr ro hu fi id ms tl eo ru uk bg ja zh_CN ko th ar he hi".split(" ");

export function languageFigures(corpora: readonly Corpus[]): readonly Figure[] {
	const english = corpora.find(({ name }) => name === "single sentences")?.texts ?? [];
	const vietnamese = messages("vi").filter((text) => /[ạ-ỹđơư]/u.test(text.normalize("NFC")));
	const foreign = others.flatMap((language) => some(messages(language), mostTexts));
	return lengths.flatMap((words) => {
		const [en = [], vi = [], plain = []] = [english, vietnamese, vietnamese.map(bare)].map((texts) =>
			cut(texts, words),
		);
		const strange = cut(foreign, words, mostForeign);
		return [
			figure(`English of ${words} words told`, en, (language) => language === "en", null),
			figure(`English of ${words} words taken for another language`, en, isOther("en"), mostWrong),
			figure(`Vietnamese of ${words} words told`, vi, (language) => language === "vi", null),
			figure(`Vietnamese of ${words} words taken for another language`, vi, isOther("vi"), mostWrong),
			figure(`Vietnamese of ${words} words without marks told`, plain, (language) => language === "vi", null),
			figure(
				`Vietnamese of ${words} words without marks taken for English`,
				plain,
				(language) => language === "en",
				null,
			),
			figure(`${words} words of other languages taken for English`, strange, (language) => language === "en", null),
			figure(
				`${words} words of other languages taken for Vietnamese`,
				strange,
				(language) => language === "vi",
				mostWrong,
			),
		];
	});
}

function isOther(than: Language) {
	return (language: Language | null) => language !== null && language !== than;
}

/** The first so many words of texts that have them: runs of letters, for messages of programs are full of signs. */
function cut(texts: readonly string[], words: number, most = mostTexts): readonly string[] {
	const whole = texts.flatMap((text) => {
		const found = text.match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?/gu) ?? [];
		return found.length < words ? [] : [found.slice(0, words).join(" ")];
	});
	return some([...new Set(whole)], most);
}

function bare(text: string): string {
	return text
		.normalize("NFD")
		.replace(/[\u0300-\u036f]/gu, "")
		.replaceAll("đ", "d")
		.replaceAll("Đ", "D");
}

function figure(
	name: string,
	texts: readonly string[],
	isIt: (language: Language | null) => boolean,
	atMost: number | null,
): Figure {
	const value = (100 * texts.filter((text) => isIt(identifyLanguage(text))).length) / texts.length;
	return {
		name: `${name}, of ${texts.length}`,
		value,
		unit: "%",
		aim: atMost === null ? null : { atMost, of: "value" },
	};
}
