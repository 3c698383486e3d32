import { isRestricted, longestAppeal } from "../../core/appeals/appeal.ts";
import type { Restriction } from "../../core/ports/appeal-store.ts";
import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";
import { timeOf } from "./time.ts";

export type AppealNotice =
	| "appealed"
	| "appealedBefore"
	| "appealEmpty"
	| "appealTooLate"
	| "appealEarly"
	| "nothingToAppeal";

export interface RestrictionProps {
	readonly language: Language;
	readonly code: string;
	readonly restriction: Restriction;
	readonly notice: AppealNotice | null;
}

/** What the code's restriction is, and the appeal against it: one to be written, or one that was. Nothing of the content is on it. */
export function restrictionPage({ language, code, restriction, notice }: RestrictionProps): Html {
	const words = wordsOf[language].appeal;
	const { platformName, orderedAt, state, appeal } = restriction;
	return layout(
		{ language, title: words.title, path: null },
		html`${notice === null ? null : html`<p class="notice" role="status">${words.notices[notice]}</p>`}
<dl>
<dt>${words.platform}</dt><dd>${platformName}</dd>
<dt>${words.since}</dt><dd>${timeOf(language, orderedAt)}</dd>
<dt>${isOfAccount(state) ? words.nowAccount : words.now}</dt><dd>${words.states[state]}</dd>
</dl>
${appeal === null ? null : became(language, appeal, isOfAccount(state))}
${appeal === null && isRestricted(state) ? form(language, code) : null}`,
	);
}

function isOfAccount(state: Restriction["state"]): boolean {
	return state === "account-recommended" || state === "account-free";
}

function became(
	language: Language,
	{ receivedAt, settled }: NonNullable<Restriction["appeal"]>,
	isAboutAccount: boolean,
): Html {
	const words = wordsOf[language].appeal;
	const outcomes = { ...words.outcomes, ...(isAboutAccount ? { overturned: words.accountOverturned } : {}) };
	return html`<h2>${words.yours}</h2>
<p>${words.receivedOn} ${timeOf(language, receivedAt)}</p>
<p>${settled === null ? words.waiting : outcomes[settled.outcome]}</p>`;
}

function form(language: Language, code: string): Html {
	const words = wordsOf[language].appeal;
	return html`<form method="post" action="${prefixOf(language)}/appeal/send">
<input type="hidden" name="receipt" value="${code}">
<p>${words.how}</p>
<label for="message">${words.why}</label>
<p class="hint" id="why-hint">${words.whyHint}</p>
<textarea id="message" name="message" rows="5" maxlength="${longestAppeal}" required aria-describedby="why-hint"></textarea>
<button type="submit">${words.send}</button>
</form>`;
}
