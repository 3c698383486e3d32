import { helpOf } from "../help/catalogue.ts";
import { type Audience, audiences } from "../help/help-page.ts";
import type { Hotline } from "../help/hotlines.ts";
import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { layout } from "./layout.ts";

export function helpIndexPage(language: Language, hotlines: readonly Hotline[]): Html {
	const words = wordsOf[language].help;
	return layout(
		{ language, title: words.title, path: "/help" },
		html`<p class="lead">${words.lead}</p>
${audiences.map((audience) => html`<p><a class="button" href="${prefixOf(language)}/help/${audience}">${words[audience]}</a></p>`)}
${hotlineList(language, hotlines)}`,
	);
}

export function helpPage(language: Language, audience: Audience, hotlines: readonly Hotline[]): Html {
	const { title, lead, sections } = helpOf[language][audience];
	return layout(
		{ language, title, path: `/help/${audience}` },
		html`<p class="lead">${lead}</p>
${sections.map(
	(section) => html`<h2>${section.title}</h2>
<ul>${section.lines.map((line) => html`<li>${line}</li>`)}</ul>`,
)}
<p><a class="button" href="${prefixOf(language)}/report">${wordsOf[language].home.report}</a></p>
${hotlineList(language, hotlines)}`,
	);
}

function hotlineList(language: Language, hotlines: readonly Hotline[]): Html {
	const words = wordsOf[language].help;
	const countries = new Intl.DisplayNames([language], { type: "region" });
	return html`<h2>${words.hotlines}</h2>
<p>${words.hotlinesLead}</p>
<ul>${hotlines.map(
		({ country, name, number, isFree, hours }) =>
			html`<li><a href="tel:${number.replaceAll(" ", "")}">${number}</a> – ${name[language]} (${countries.of(country) ?? country}${isFree ? `, ${words.free}` : ""}, ${hours[language]})</li>`,
	)}</ul>`;
}
