// Templates as people edit them: for each place a line `[reporter/removed vi]`, and below it the words, until the next. Lines that begin with
// # are remarks. A file may hold some of the places or all of them.
import { nearestName } from "../nearest-name.ts";
import { type AnswerLanguage, answerLanguages, isSlotName, type SlotName, slotNames } from "./slots.ts";
import type { TemplateBook, TemplateChange } from "./template-book.ts";

export type ReadTemplates =
	| { readonly ok: true; readonly change: TemplateChange }
	/** Each with its line. */
	| { readonly ok: false; readonly faults: readonly string[] };

interface Section {
	readonly slot: SlotName;
	readonly language: AnswerLanguage;
	readonly lines: string[];
}

export function readTemplates(text: string): ReadTemplates {
	const faults: string[] = [];
	const sections: Section[] = [];
	let into: string[] | null = null;
	for (const [index, line] of text
		.replace(/^\uFEFF/, "")
		.split(/\r?\n/)
		.entries()) {
		const fault = (what: string) => void faults.push(`line ${index + 1}: ${what}`);
		const [, name, language] = /^\[\s*(\S+)\s+(\S+)\s*\]\s*$/.exec(line) ?? [];
		if (name !== undefined && language !== undefined) {
			into = [];
			if (!isSlotName(name)) fault(`there is no ${name}${meant(name)}`);
			else if (!isLanguage(language))
				fault(`there is no language ${language}; there are: ${answerLanguages.join(", ")}`);
			else if (sections.some((one) => one.slot === name && one.language === language))
				fault(`${name} ${language} stands here twice`);
			else sections.push({ slot: name, language, lines: into });
		} else if (line.startsWith("#")) continue;
		else if (into !== null) into.push(line.trimEnd());
		else if (line.trim() !== "") fault("these words stand above the first [place language]");
	}
	return faults.length > 0 ? { ok: false, faults } : { ok: true, change: toChange(sections) };
}

function isLanguage(text: string): text is AnswerLanguage {
	return answerLanguages.some((one) => one === text);
}

function meant(name: string): string {
	const near = nearestName(name, slotNames);
	return near === null ? "" : `; ${near} is meant?`;
}

function toChange(sections: readonly Section[]): TemplateChange {
	const change: { [S in SlotName]?: { [L in AnswerLanguage]?: string } } = {};
	for (const { slot, language, lines } of sections)
		change[slot] = { ...change[slot], [language]: lines.join("\n").trim() };
	return change;
}

export function writeTemplates(
	book: TemplateBook,
	chosen: readonly SlotName[],
	languages: readonly AnswerLanguage[],
): string {
	return chosen
		.flatMap((slot) => languages.map((language) => `[${slot} ${language}]\n${book[slot][language]}\n`))
		.join("\n");
}
