// The frame of pages for authorities, and the parts that their forms are made of.
import { type Html, html } from "../html.ts";
import { authorityWordsOf, wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { document } from "./layout.ts";

/** Who is logged in; what every form of theirs carries. */
export interface Visitor {
	readonly login: string;
	readonly authority: string;
	readonly csrfToken: string;
	/** Until their account is secured nothing else is open to them. */
	readonly isSetUp: boolean;
}

interface Frame {
	readonly language: Language;
	readonly title: string;
	/** Below the language's prefix; null where the page can only be reached by a form. */
	readonly path: string | null;
	readonly visitor: Visitor | null;
}

export function authorityLayout({ language, title, path, visitor }: Frame, body: Html): Html {
	const words = authorityWordsOf[language];
	const at = (page: string) => `${prefixOf(language)}/authority${page}`;
	const nav = visitor?.isSetUp
		? html`<nav aria-label="${words.siteName}">
<a href="${at("")}">${words.nav.list}</a>
<a href="${at("/ask")}">${words.nav.ask}</a>
<a href="${at("/set-up")}">${words.nav.account}</a>
</nav>`
		: null;
	const end =
		visitor === null
			? null
			: html`<footer><form method="post" action="${at("/log-out")}">${csrf(visitor)}
<p>${words.loggedInAs} ${visitor.login} (${visitor.authority})</p>
<button type="submit" class="quiet">${words.logOut}</button></form></footer>`;
	return document(
		{ language, title, path, siteName: words.siteName, home: at("") },
		{ nav, aside: null, main: body, end },
	);
}

export function csrf({ csrfToken }: Visitor): Html {
	return html`<input type="hidden" name="csrf" value="${csrfToken}">`;
}

export interface FieldProps {
	readonly name: string;
	readonly label: string;
	readonly value?: string;
	readonly hint?: string;
	readonly type?: "text" | "password" | "date";
	readonly autocomplete?: string;
	readonly isNeeded?: boolean;
	readonly isWrong?: boolean;
	readonly isNumeric?: boolean;
	/** More than one line. */
	readonly rows?: number;
	readonly maxLength: number;
}

export function field(props: FieldProps): Html {
	const { name, label, value = "", hint, rows, maxLength } = props;
	const attributes = html`id="${name}" name="${name}" maxlength="${maxLength}" ${props.isNeeded ? html`required` : null}
${hint === undefined ? null : html`aria-describedby="${name}-hint"`} ${props.isWrong ? html`aria-invalid="true"` : null}
autocomplete="${props.autocomplete ?? "off"}" ${props.isNumeric ? html`inputmode="numeric"` : null}`;
	return html`<label for="${name}">${label}</label>
${hint === undefined ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`}
${
	rows === undefined
		? html`<input type="${props.type ?? "text"}" value="${value}" ${attributes}>`
		: html`<textarea rows="${rows}" ${attributes}>${value}</textarea>`
}`;
}

type Fault = keyof (typeof authorityWordsOf)["en"]["fault"];
export type AuthorityFault = Exclude<Fault, "title" | "awayTitle">;

export function faults(language: Language, all: readonly AuthorityFault[]): Html | null {
	if (all.length === 0) return null;
	const { fault } = authorityWordsOf[language];
	return html`<div class="faults" role="alert" tabindex="-1">
<h2>${all.includes("away") ? fault.awayTitle : fault.title}</h2>
<ul>${all.map((one) => html`<li>${fault[one]}</li>`)}</ul>
</div>`;
}

/** Where the record cannot be reached. */
export function awayPage(language: Language): Html {
	const { fault } = authorityWordsOf[language];
	return authorityLayout({ language, title: fault.awayTitle, path: null, visitor: null }, html`<p>${fault.away}</p>`);
}

/** For a request that is not there, or another authority's. */
export function noSuchRequestPage(language: Language, visitor: Visitor): Html {
	const { lookTitle, notFound } = wordsOf[language].fault;
	return authorityLayout({ language, title: lookTitle, path: null, visitor }, html`<p>${notFound}</p>`);
}

/** For a form that was too large to be read: what was typed is still in the browser, a page back. */
export function tooLargePage(language: Language): Html {
	const { fault } = authorityWordsOf[language];
	return authorityLayout({ language, title: fault.title, path: null, visitor: null }, html`<p>${fault.document}</p>`);
}
