import { audiences } from "../help/help-page.ts";
import { type Html, html } from "../html.ts";
import { authorityWordsOf, wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";

export function homePage(language: Language): Html {
	const words = wordsOf[language];
	const prefix = prefixOf(language);
	return layout(
		{ language, title: words.home.title, path: "" },
		html`<p class="lead">${words.home.lead}</p>
<p><a class="button" href="${prefix}/report">${words.home.report}</a></p>
<p><a href="${prefix}/receipt">${words.home.receipt}</a></p>
<p><a href="${prefix}/appeal">${words.home.appeal}</a></p>
<h2>${words.home.next}</h2>
<ol>${words.home.steps.map((step) => html`<li>${step}</li>`)}</ol>
<h2>${words.home.helpTitle}</h2>
<ul>${audiences.map((audience) => html`<li><a href="${prefix}/help/${audience}">${words.help[audience]}</a></li>`)}</ul>
<p class="hint"><a href="${prefix}/authority">${authorityWordsOf[language].forAuthorities}</a></p>`,
	);
}

/** For what leads nowhere. */
export function nowherePage(language: Language): Html {
	const { fault } = wordsOf[language];
	return layout(
		{ language, title: fault.lookTitle, path: null },
		html`<p>${fault.notFound}</p>
<p><a href="${prefixOf(language) || "/"}">${fault.backHome}</a></p>`,
	);
}
