import { type Html, html } from "../html.ts";
import { wordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";

export interface PageFrame {
	readonly language: Language;
	readonly title: string;
	/** Below the language's prefix; null where the page can only be reached by a form, so not in the other language. */
	readonly path: string | null;
	/** A child is in danger: the numbers come before everything else, and larger. */
	readonly isDangerShown?: boolean;
}

/** Numbers to call stand on top of every page: nobody should have to look for them. */
export function layout({ language, title, path, isDangerShown = false }: PageFrame, body: Html): Html {
	const words = wordsOf[language];
	const prefix = prefixOf(language);
	return document(
		{ language, title, path, siteName: words.siteName, home: prefix || "/" },
		{
			nav: html`<nav aria-label="${words.siteName}">
<a href="${prefix}/report">${words.nav.report}</a>
<a href="${prefix}/receipt">${words.nav.receipt}</a>
<a href="${prefix}/help">${words.nav.help}</a>
</nav>`,
			aside: html`<aside class="danger${isDangerShown ? " loud" : ""}" aria-label="${words.danger.title}">
<p><strong>${words.danger.title}</strong></p>
${numbers(language)}
</aside>`,
			main: body,
			end: null,
		},
	);
}

interface DocumentFrame extends Pick<PageFrame, "language" | "title" | "path"> {
	readonly siteName: string;
	/** Where the site's name leads. */
	readonly home: string;
}

interface DocumentParts {
	readonly nav: Html | null;
	readonly aside: Html | null;
	readonly main: Html;
	readonly end: Html | null;
}

/** What every page is, whoever it is for. */
export function document(frame: DocumentFrame, { nav, aside, main, end }: DocumentParts): Html {
	const { language, title, path, siteName, home } = frame;
	const words = wordsOf[language];
	const other: Language = language === "vi" ? "en" : "vi";
	const otherPath = path === null ? null : `${prefixOf(other)}${path}` || "/";
	return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${siteName}</title>
<link rel="stylesheet" href="/assets/portal.css">
<script type="module" src="/assets/portal.js"></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>
<a class="name" href="${home}">${siteName}</a>
${otherPath === null ? null : html`<a class="language" href="${otherPath}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a>`}
${nav}
</header>
${aside}
<main id="main">
<h1>${title}</h1>
${main}
</main>
${end}
</body>
</html>`;
}

export function numbers(language: Language): Html {
	const { danger } = wordsOf[language];
	return html`<p><a href="tel:111">${danger.child}</a></p>
<p><a href="tel:113">${danger.police}</a></p>`;
}
