import { reportLimits, reportSubjects } from "../../core/reports/report.ts";
import { flag, type Html, html } from "../html.ts";
import type { ReportForm } from "../read-report.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout, numbers } from "./layout.ts";

export type ReportFault =
	| "about"
	| "addresses"
	| "tooManyAddresses"
	| "tooLong"
	| "signature"
	| "form"
	| "limited"
	| "unavailable";

export interface ReportPageProps {
	readonly language: Language;
	readonly formToken: string;
	/** For the browser to solve while the form is filled in. */
	readonly challenge: string;
	/** What was typed already: nobody types it twice. */
	readonly form: ReportForm;
	readonly faults: readonly ReportFault[];
}

export function reportPage(props: ReportPageProps): Html {
	const { language, formToken, challenge, form, faults } = props;
	const { report } = wordsOf[language];
	return layout(
		{ language, title: report.title, path: "/report", isDangerShown: form.isDangerNow },
		html`${faultList(language, faults)}
<p class="note">${report.neverSend}</p>
<p>${report.note}</p>
<form method="post" action="${prefixOf(language)}/report" data-challenge="${challenge}">
<input type="hidden" name="form" value="${formToken}">
<input type="hidden" name="work" value="">
${subjects(props)}
${danger(props)}
${where(props)}
${line("seen", report.seen, form.seen, report.seenHint)}
<label for="text">${report.text} <span class="optional">(${report.optional})</span></label>
<textarea id="text" name="text" rows="4" maxlength="${reportLimits.textLength}">${form.text}</textarea>
${line("contact", report.contact, form.contact, report.contactHint)}
${statements(props)}
<button type="submit">${report.send}</button>
</form>`,
	);
}

function subjects({ language, form, faults }: ReportPageProps): Html {
	const { report } = wordsOf[language];
	return html`<fieldset ${invalid(faults, "about")}>
<legend>${report.about}</legend>
${reportSubjects.map(
	(subject) =>
		html`<label><input type="radio" name="about" value="${subject}" required ${flag("checked", form.about === subject)}> ${report.subjects[subject]}</label>`,
)}
</fieldset>`;
}

function danger({ language, form }: ReportPageProps): Html {
	const { report } = wordsOf[language];
	const choice = (value: "no" | "yes", says: string) =>
		html`<label><input type="radio" name="danger" value="${value}" ${flag("checked", form.isDangerNow === (value === "yes"))}> ${says}</label>`;
	return html`<fieldset class="in-danger">
<legend>${report.danger}</legend>
${choice("no", report.dangerNo)}
${choice("yes", report.dangerYes)}
<div class="danger loud when-yes">${numbers(language)}</div>
</fieldset>`;
}

function where({ language, form, faults }: ReportPageProps): Html {
	const { report } = wordsOf[language];
	return html`<fieldset>
<legend>${report.where}</legend>
<label for="addresses">${report.addresses}</label>
<p class="hint" id="addresses-hint">${report.addressesHint}</p>
<textarea id="addresses" name="addresses" rows="3" aria-describedby="addresses-hint" ${invalid(faults, "addresses")}
inputmode="url" spellcheck="false" autocapitalize="none">${form.addresses}</textarea>
${line("platformName", report.platformName, form.platformName)}
${line("accountName", report.accountName, form.accountName)}
</fieldset>`;
}

/** What some laws ask for before their time runs; a report is taken without it. */
function statements({ language, form, faults }: ReportPageProps): Html {
	const { report } = wordsOf[language];
	const isOpen = form.signature !== "" || faults.includes("signature");
	return html`<label><input type="checkbox" name="goodFaith" value="yes" ${flag("checked", form.isGoodFaith)}> ${report.goodFaith}</label>
<details ${flag("open", isOpen)}>
<summary>${report.own}</summary>
<p class="hint">${report.ownHint}</p>
<label for="signature">${report.signature}</label>
<p class="hint" id="signature-hint">${report.signatureHint}</p>
<input id="signature" name="signature" value="${form.signature}" maxlength="${reportLimits.nameLength}" autocomplete="off"
aria-describedby="signature-hint" ${invalid(faults, "signature")}>
</details>`;
}

function line(name: string, label: string, value: string, hint: string | null = null): Html {
	const id = `${name}-hint`;
	return html`<label for="${name}">${label}</label>
${hint === null ? null : html`<p class="hint" id="${id}">${hint}</p>`}
<input id="${name}" name="${name}" value="${value}" maxlength="${reportLimits.nameLength}" autocomplete="off"
${hint === null ? null : html`aria-describedby="${id}"`}>`;
}

function invalid(faults: readonly ReportFault[], field: ReportFault): Html | null {
	return faults.includes(field) ? html`aria-invalid="true"` : null;
}

function faultList(language: Language, faults: readonly ReportFault[]): Html | null {
	const { fault } = wordsOf[language];
	if (faults.length === 0) return null;
	return html`<div class="faults" role="alert" tabindex="-1">
<h2>${faults.includes("unavailable") ? fault.unavailableTitle : fault.title}</h2>
<ul>${faults.map((one) => html`<li>${fault[one]}</li>`)}</ul>
</div>`;
}
