import { longestAppeal } from "../../core/appeals/appeal.ts";
import type { ReportForReporter } from "../../core/ports/report-store.ts";
import { reportLimits, reportStages, stageOf } from "../../core/reports/report.ts";
import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";
import { timeOf } from "./time.ts";

export type ReceiptNotice =
	| "messageSent"
	| "addressesAdded"
	| "keptAlready"
	| "tooMany"
	| "appealed"
	| "appealTooLate"
	| "nothingToAppeal";

export interface ReportStatusProps {
	readonly language: Language;
	readonly receipt: string;
	readonly report: ReportForReporter;
	readonly notice: ReceiptNotice | null;
}

export function reportStatusPage({ language, receipt, report, notice }: ReportStatusProps): Html {
	const words = wordsOf[language].receipt;
	const isWithdrawn = report.withdrawnAt !== null;
	return layout(
		{ language, title: words.title, path: null, isDangerShown: report.isDangerNow && !isWithdrawn },
		html`${notice === null ? null : html`<p class="notice" role="status">${words[notice]}</p>`}
<dl>
<dt>${words.about}</dt><dd>${wordsOf[language].report.subjects[report.about]}</dd>
<dt>${words.received}</dt><dd>${timeOf(language, report.receivedAt)}</dd>
</dl>
${isWithdrawn ? html`<p class="notice">${words.withdrawn}</p>` : stages(language, report)}
${report.addresses.length === 0 ? null : html`<h2>${words.addresses}</h2><ul>${report.addresses.map((address) => html`<li>${address}</li>`)}</ul>`}
${messageList(language, report.messages)}
${isWithdrawn ? null : acts(language, receipt, report.mayAppeal)}`,
	);
}

function stages(language: Language, report: ReportForReporter): Html {
	const words = wordsOf[language].receipt;
	const stage = stageOf(report.progress);
	return html`<h2>${words.stage}</h2>
<ol class="stages">${reportStages.map((one) => html`<li ${one === stage ? html`aria-current="step"` : null}>${words.stages[one]}</li>`)}</ol>
<p>${words.stageSays[stage]}</p>`;
}

function messageList(language: Language, messages: ReportForReporter["messages"]): Html {
	const words = wordsOf[language].receipt;
	return html`<h2>${words.messages}</h2>
${messages.length === 0 ? html`<p>${words.noMessages}</p>` : null}
<ul class="messages">${messages.map(
		({ isFromReporter, body, sentAt }) => html`<li class="${isFromReporter ? "from-you" : "from-us"}">
<strong>${isFromReporter ? words.fromYou : words.fromUs}</strong> ${timeOf(language, sentAt)}
<p>${body}</p></li>`,
	)}</ul>`;
}

function acts(language: Language, receipt: string, mayAppeal: boolean): Html {
	const words = wordsOf[language].receipt;
	const begin = (what: "message" | "addresses" | "appeal" | "withdraw") =>
		html`<form method="post" action="${prefixOf(language)}/receipt/${what}"><input type="hidden" name="receipt" value="${receipt}">`;
	return html`${mayAppeal ? appealForm(language, begin("appeal")) : null}
${begin("message")}
<label for="message">${words.write}</label>
<textarea id="message" name="message" rows="3" maxlength="${reportLimits.textLength}" required></textarea>
<button type="submit">${words.writeSend}</button>
</form>
${begin("addresses")}
<label for="addresses">${words.add}</label>
<textarea id="addresses" name="addresses" rows="2" required spellcheck="false" autocapitalize="none"></textarea>
<button type="submit">${words.addSend}</button>
</form>
${begin("withdraw")}
<p class="hint">${words.withdrawHint}</p>
<button type="submit" class="quiet">${words.withdraw}</button>
</form>`;
}

/** Where something was left that they reported: other people are to look, and the reporter says why. */
function appealForm(language: Language, begun: Html): Html {
	const words = wordsOf[language].receipt;
	return html`${begun}
<label for="appeal">${words.appeal}</label>
<p class="hint" id="appeal-hint">${words.appealHint}</p>
<textarea id="appeal" name="message" rows="3" maxlength="${longestAppeal}" required aria-describedby="appeal-hint"></textarea>
<button type="submit">${words.appealSend}</button>
</form>`;
}
