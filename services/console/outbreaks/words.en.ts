import type { SubjectKind } from "../../core/outbreaks/subject.ts";
import { outbreakWordsEn } from "../../words/outbreak-words.ts";

export const outbreaks = {
	title: "Outbreaks",
	intro:
		"What many distinct accounts send within minutes or hours, beyond what is usual for it. It says that something spreads, not that it is bad. Of one thing, a link or a domain there is a case; what an account, a bank, a rule or a platform stands out by is before people one by one.",
	none: "Nothing spreads faster than usual, and nothing did lately.",
	subjects: outbreakWordsEn.subjects,
	ends: outbreakWordsEn.ends,
	goesOn: "goes on",
	found: (of: SubjectKind, voices: number, minutes: number, expected: string) =>
		`${voices} ${of === "account" ? "things" : "accounts"} within ${minutes} min, ${expected} expected`,
	columns: {
		of: "Of",
		found: "Noticed",
		howFast: "How fast",
		lastHour: "Last hour",
		spread: "Spread",
		case: "Case",
		trippedIn: "Set off by an item of",
		state: "State",
	},
	spread: outbreakWordsEn.spread,
};
