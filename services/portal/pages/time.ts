import { type Html, html } from "../html.ts";
import type { Language } from "../words/words.ts";

/** In Vietnam's time, whoever reads it. */
export function timeOf(language: Language, time: Date): Html {
	const shown = new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", {
		dateStyle: "long",
		timeStyle: "short",
		timeZone: "Asia/Ho_Chi_Minh",
	}).format(time);
	return html`<time datetime="${time.toISOString()}">${shown}</time>`;
}
