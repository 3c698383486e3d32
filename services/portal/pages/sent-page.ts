import { formatReceipt } from "../../core/reports/receipt.ts";
import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";

export interface SentPageProps {
	readonly language: Language;
	readonly receipt: string;
	readonly isDangerNow: boolean;
}

/** Shown once what it says is durable, and not before. */
export function sentPage({ language, receipt, isDangerNow }: SentPageProps): Html {
	const { sent } = wordsOf[language];
	return layout(
		{ language, title: sent.title, path: null, isDangerShown: isDangerNow },
		html`<p class="lead">${sent.lead}</p>
<p class="receipt"><span>${sent.receiptIs}</span> <output>${formatReceipt(receipt)}</output></p>
<p>${sent.how}</p>
<p>${sent.print}</p>
<form method="post" action="${prefixOf(language)}/receipt">
<input type="hidden" name="receipt" value="${receipt}">
<button type="submit">${sent.check}</button>
</form>`,
	);
}
