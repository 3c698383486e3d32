import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";

export type CodeFault =
	| "receiptLength"
	| "receiptDigits"
	| "receiptCheck"
	| "receiptUnknown"
	| "receiptLimited"
	| "storeAway";

export interface EnterCodeProps {
	readonly language: Language;
	/** What it opens. */
	readonly of: "receipt" | "appeal";
	readonly typed: string;
	readonly fault: CodeFault | null;
}

/** Asks for the digits. */
export function enterCodePage({ language, of, typed, fault }: EnterCodeProps): Html {
	const words = wordsOf[language];
	const { title, lead, enter, hint, open } = words[of];
	return layout(
		{ language, title, path: `/${of}` },
		html`${fault === null ? null : html`<div class="faults" role="alert" tabindex="-1"><p>${words.fault[fault]}</p></div>`}
${lead === "" ? null : html`<p class="lead">${lead}</p>`}
<form method="post" action="${prefixOf(language)}/${of}">
<label for="receipt">${enter}</label>
<p class="hint" id="receipt-hint">${hint}</p>
<input id="receipt" name="receipt" value="${typed}" inputmode="numeric" autocomplete="off" maxlength="40" required
aria-describedby="receipt-hint" ${fault === null ? null : html`aria-invalid="true"`}>
<button type="submit">${open}</button>
</form>`,
	);
}
