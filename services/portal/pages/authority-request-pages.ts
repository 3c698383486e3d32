// What an authority asks on a page, and what became of it. A role works on a request; nobody's name is shown.
import { asked } from "../../core/authorities/asked.ts";
import { authorityRequestLimits } from "../../core/authorities/authority-request.ts";
import type { RequestInList } from "../../core/ports/authority-store.ts";
import type { AuthorityRequestAnswer } from "../../core/wire/authority-api.ts";
import { clockEvents as english } from "../../words/clock-events.en.ts";
import { clockEvents as vietnamese } from "../../words/clock-events.vi.ts";
import type { AuthorityForm } from "../authority/read-request.ts";
import { flag, type Html, html } from "../html.ts";
import { authorityWordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { type AuthorityFault, authorityLayout, csrf, faults, field, type Visitor } from "./authority-layout.ts";
import { timeOf } from "./time.ts";

const eventsOf = { vi: vietnamese, en: english } as const;

interface Shown {
	readonly language: Language;
	readonly visitor: Visitor;
}

/** `most`: of how many the list is made at most. */
export function requestListPage({ language, visitor }: Shown, requests: readonly RequestInList[], most: number): Html {
	const { list, asks } = authorityWordsOf[language];
	const one = ({ id, reference, asks: what, isUrgent, receivedAt, dueAt }: RequestInList) => html`<li>
<p><a href="${prefixOf(language)}/authority/requests/${id}">${reference}</a> – ${asks[what]}${isUrgent ? html` – <strong>${list.urgent}</strong>` : null}</p>
<p class="hint">${list.received}: ${timeOf(language, receivedAt)}</p>
<p class="hint">${list.due}: ${dueAt === null ? list.noneRuns : timeOf(language, dueAt)}</p>
</li>`;
	return authorityLayout(
		{ language, title: list.title, path: "/authority", visitor },
		html`${requests.length === 0 ? html`<p>${list.none}</p>` : null}
<ul class="requests">${requests.map(one)}</ul>
${requests.length < most ? null : html`<p>${list.newest(most)}</p>`}`,
	);
}

export interface AskProps extends Shown {
	/** What was typed already: nobody types it twice. */
	readonly form: AuthorityForm;
	readonly faults: readonly AuthorityFault[];
}

export function askPage(props: AskProps): Html {
	const { language, visitor, form } = props;
	const { ask, needed } = authorityWordsOf[language];
	const isWrong = (one: AuthorityFault) => props.faults.includes(one);
	const { text, reference, basis, note, addressesOnForm } = authorityRequestLimits;
	const must = (label: string) => `${label} (${needed})`;
	const choice = (what: (typeof asked.options)[number]) =>
		html`<label><input type="radio" name="asks" value="${what}" required ${flag("checked", form.asks === what)}> ${ask.asksSays[what]}</label>`;
	return authorityLayout(
		{ language, title: ask.title, path: "/authority/ask", visitor },
		html`${faults(language, props.faults)}
<p class="note">${ask.lead}</p>
<form method="post" action="${prefixOf(language)}/authority/ask" enctype="multipart/form-data">
${csrf(visitor)}
${field({ name: "reference", label: must(ask.reference), hint: ask.referenceHint, value: form.reference, isNeeded: true, isWrong: isWrong("reference") || isWrong("referenceTaken"), maxLength: reference })}
<fieldset ${isWrong("asks") ? html`aria-invalid="true"` : null}><legend>${ask.asks}</legend>${asked.options.map(choice)}</fieldset>
${field({ name: "legalBasis", label: must(ask.legalBasis), hint: ask.legalBasisHint, value: form.legalBasis, isNeeded: true, isWrong: isWrong("legalBasis"), rows: 2, maxLength: basis })}
${field({ name: "addresses", label: must(ask.addresses), hint: ask.addressesHint, value: form.addresses, isNeeded: true, isWrong: isWrong("addresses"), rows: 4, maxLength: addressesOnForm })}
${field({ name: "urgentReason", label: ask.urgentReason, hint: ask.urgentReasonHint, value: form.urgentReason, isWrong: isWrong("urgentReason"), rows: 2, maxLength: text })}
${field({ name: "silenceBasis", label: ask.silence, hint: ask.silenceHint, value: form.silenceBasis, isWrong: isWrong("silence"), rows: 2, maxLength: text })}
${field({ name: "silenceUntil", label: ask.silenceUntil, hint: ask.silenceUntilHint, value: form.silenceUntil, isWrong: isWrong("silence"), type: "date", maxLength: 10 })}
${field({ name: "note", label: ask.note, value: form.note, isWrong: isWrong("note"), rows: 3, maxLength: note })}
<label for="document">${ask.document}</label>
<input type="file" id="document" name="document" accept=".pdf,.png,.jpg,.jpeg" ${isWrong("document") ? html`aria-invalid="true"` : null}>
<button type="submit">${ask.send}</button>
</form>`,
	);
}

export function requestPage({ language, visitor }: Shown, shown: AuthorityRequestAnswer, isAgain: boolean): Html {
	const { request, asks } = authorityWordsOf[language];
	const at = (iso: string) => timeOf(language, new Date(iso));
	return authorityLayout(
		{ language, title: `${request.title} ${shown.reference}`, path: `/authority/requests/${shown.id}`, visitor },
		html`${isAgain ? html`<p class="notice" role="status">${request.again}</p>` : null}
<dl>
<dt>${request.received}</dt><dd>${at(shown.receivedAt)}</dd>
${shown.arrivedAt === null ? null : html`<dt>${request.arrived}</dt><dd>${at(shown.arrivedAt)}</dd>`}
<dt>${request.channel}</dt><dd>${request.channels[shown.channel]}</dd>
<dt>${request.asks}</dt><dd>${asks[shown.asks]}</dd>
<dt>${request.legalBasis}</dt><dd>${shown.legalBasis}</dd>
${shown.urgentReason === null ? null : html`<dt>${request.urgent}</dt><dd>${shown.urgentReason}</dd>`}
${shown.silence === null ? null : html`<dt>${request.silence}</dt><dd>${shown.silence.basis}${shown.silence.until === null ? null : html` – ${request.silenceUntil} ${at(shown.silence.until)}`}</dd>`}
${shown.hasDocument ? html`<dt>${request.document}</dt><dd>${request.attached}</dd>` : null}
</dl>
${deadlines(language, shown)}
<h2>${request.working}</h2>
<p>${shown.workedOnBy === null ? request.nobody : request.roles[shown.workedOnBy]}</p>
<h2>${request.places}</h2>
<ul>${shown.places.map(
			({ address, state, isRemovalAcknowledged }) =>
				html`<li>${address}<br><span class="hint">${request.placeStates[state ?? "unknown"]}${isRemovalAcknowledged ? html`; ${request.acknowledged}` : null}</span></li>`,
		)}</ul>
${answers(language, shown)}
<h2>${request.history}</h2>
<ol>${shown.history.map((step) => html`<li>${at(step.at)}: ${request.happened[step.what]}</li>`)}</ol>`,
	);
}

/** As each was told, whatever the words are now; addresses stand on lines of their own. */
function answers(language: Language, { answers: all }: AuthorityRequestAnswer): Html | null {
	const { request } = authorityWordsOf[language];
	if (all.length === 0) return null;
	return html`<h2>${request.answers}</h2>
<ol class="messages">${all.map(
		({ at, text }) => html`<li>${timeOf(language, new Date(at))}<p>${text[language]}</p></li>`,
	)}</ol>`;
}

function deadlines(language: Language, { deadlines: all }: AuthorityRequestAnswer): Html {
	const { request } = authorityWordsOf[language];
	const events = eventsOf[language];
	return html`<h2>${request.deadlines}</h2>
${all.length === 0 ? html`<p>${request.noDeadline}</p>` : null}
<ul>${all.map(
		({ law, dueAt, state, endedAt, doneBy }) => html`<li><strong>${law}</strong>: ${
			dueAt === null ? request.noFigure : timeOf(language, new Date(dueAt))
		} – ${request.states[state]}<br>
<span class="hint">${endedAt === null ? html`${request.stopsBy} ${doneBy.map((one) => events[one]).join(", ")}` : html`${request.endedAt} ${timeOf(language, new Date(endedAt))}`}</span></li>`,
	)}</ul>`;
}
