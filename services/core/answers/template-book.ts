// The words of all answers together, as one revision of them is kept; what is wrong with some, and how they become what somebody is told.
import {
	type AnswerLanguage,
	answerLanguages,
	type Placeholder,
	type placeholders,
	type SlotName,
	slotNames,
	slots,
} from "./slots.ts";

export type TemplateBook = Readonly<Record<SlotName, Readonly<Record<AnswerLanguage, string>>>>;
/** Some of a book: what an edited file holds. */
export type TemplateChange = Readonly<Partial<Record<SlotName, Readonly<Partial<Record<AnswerLanguage, string>>>>>>;

/** Revision and words: what is kept with everything that was told. */
export interface TemplatesInForce {
	readonly revision: number;
	readonly set: TemplateBook;
}

/** Longer than any answer that somebody in distress reads to its end. */
const longestTemplate = 4_000;
const inBraces = /\{([^{}]*)\}/g;

/** What is wrong with the words of one place, in sentences for whoever wrote them. */
function faultsOf(slot: SlotName, text: string): readonly string[] {
	const { may, must } = slots[slot];
	const named = [...text.matchAll(inBraces)].map(([, name = ""]) => name);
	const offered =
		may.length === 0 ? "nothing can be put in here" : `there are: ${may.map((one) => `{${one}}`).join(", ")}`;
	return [
		...(text.trim() === "" ? ["there are no words"] : []),
		...(text.length > longestTemplate ? [`it has more than ${longestTemplate} characters`] : []),
		...[...new Set(named)]
			.filter((name) => !isAmong(may, name))
			.map((name) => `there is no {${name}} here; ${offered}`),
		...must.filter((name) => !named.includes(name)).map((name) => `{${name}} must stand somewhere in it`),
		...(/[{}]/.test(text.replace(inBraces, "")) ? ["a brace stands alone; what is put in is written {so}"] : []),
	];
}

function isAmong(names: readonly Placeholder[], name: string): boolean {
	return names.some((one) => one === name);
}

/** A whole book, or each of its faults: `reporter/removed vi: there are no words`. */
export function checkBook(
	read: TemplateChange,
): { readonly ok: true; readonly book: TemplateBook } | { readonly ok: false; readonly faults: readonly string[] } {
	const faults = slotNames.flatMap((slot) =>
		answerLanguages.flatMap((language) => {
			const text = read[slot]?.[language];
			const said = text === undefined ? ["it is missing in this language"] : faultsOf(slot, text);
			return said.map((fault) => `${slot} ${language}: ${fault}`);
		}),
	);
	return isWhole(read) && faults.length === 0 ? { ok: true, book: read } : { ok: false, faults };
}

function isWhole(read: TemplateChange): read is TemplateBook {
	return slotNames.every((slot) => answerLanguages.every((language) => read[slot]?.[language] !== undefined));
}

/** What the change names, in the place of what the book says there. */
export function withChange(book: TemplateBook, change: TemplateChange): TemplateChange {
	return Object.fromEntries(slotNames.map((slot) => [slot, { ...book[slot], ...change[slot] }]));
}

interface TemplateDifference {
	readonly slot: SlotName;
	readonly language: AnswerLanguage;
	readonly before: string;
	readonly after: string;
}

export function compareBooks(before: TemplateBook, after: TemplateBook): readonly TemplateDifference[] {
	return slotNames.flatMap((slot) =>
		answerLanguages.flatMap((language) => {
			const [was, is] = [before[slot][language], after[slot][language]];
			return was === is ? [] : [{ slot, language, before: was, after: is }];
		}),
	);
}

/** What a place is told about: only what its words may name is ever put in. */
export type Facts = { readonly [P in Placeholder]?: (typeof placeholders)[P] extends "day" ? Date : string };

export function inWords(
	book: TemplateBook,
	{ slot, language }: { readonly slot: SlotName; readonly language: AnswerLanguage },
	facts: Facts,
): string {
	return book[slot][language].replace(inBraces, (_all, name: string) => {
		const value = Object.entries(facts).find(([one]) => one === name)?.[1];
		if (value === undefined) throw new Error(`${slot} names ${name}, and nothing is known of it`);
		return value instanceof Date ? dayIn(language, value) : value;
	});
}

const dayForms: Readonly<Record<AnswerLanguage, string>> = { vi: "vi-VN", en: "en-GB" };

/** In Vietnam, whoever reads it. */
function dayIn(language: AnswerLanguage, time: Date): string {
	return new Intl.DateTimeFormat(dayForms[language], { dateStyle: "long", timeZone: "Asia/Ho_Chi_Minh" }).format(time);
}
