// Logging in for an authority, and securing the account.
import { encode } from "uqr";
import { longestPassword } from "../../core/people/password.ts";
import { type Html, html } from "../html.ts";
import { authorityWordsOf } from "../words/catalogue.ts";
import { type Language, prefixOf } from "../words/words.ts";
import { type AuthorityFault, authorityLayout, csrf, faults, field, type Visitor } from "./authority-layout.ts";

const longestCode = 40;

export function logInPage(language: Language, login: string, fault: AuthorityFault | null): Html {
	const { logIn } = authorityWordsOf[language];
	return authorityLayout(
		{ language, title: logIn.title, path: "/authority/log-in", visitor: null },
		html`${faults(language, fault === null ? [] : [fault])}
<p>${logIn.lead}</p>
<form method="post" action="${prefixOf(language)}/authority/log-in">
${field({ name: "login", label: logIn.login, value: login, autocomplete: "username", isNeeded: true, maxLength: 128 })}
${field({ name: "password", label: logIn.password, type: "password", autocomplete: "current-password", isNeeded: true, maxLength: longestPassword })}
${field({ name: "code", label: logIn.code, hint: logIn.codeHint, autocomplete: "one-time-code", maxLength: longestCode })}
<button type="submit">${logIn.send}</button>
</form>`,
	);
}

export interface SetUpProps {
	readonly language: Language;
	readonly visitor: Visitor;
	readonly isPasswordFirst: boolean;
	/** A new secret: sealed for the form, as an app reads it, and as it is typed. */
	readonly secret: { readonly sealed: string; readonly address: string; readonly text: string };
	readonly faults: readonly AuthorityFault[];
}

export function setUpPage(props: SetUpProps): Html {
	const { language, visitor, secret, isPasswordFirst } = props;
	const { setUp } = authorityWordsOf[language];
	const isWrong = (one: AuthorityFault) => props.faults.includes(one);
	const password = { type: "password", maxLength: longestPassword } as const;
	return authorityLayout(
		{ language, title: setUp.title, path: "/authority/set-up", visitor },
		html`${faults(language, props.faults)}
<p>${visitor.isSetUp ? setUp.again : setUp.lead}</p>
<form method="post" action="${prefixOf(language)}/authority/set-up">
${csrf(visitor)}
<input type="hidden" name="secret" value="${secret.sealed}">
${field({ name: "password", label: setUp.password, ...password, autocomplete: "current-password", isNeeded: true, isWrong: isWrong("password") })}
${field({ name: "newPassword", label: setUp.newPassword, hint: setUp.newPasswordHint, ...password, autocomplete: "new-password", isNeeded: isPasswordFirst, isWrong: isWrong("newPassword") })}
<fieldset>
<legend>${setUp.app}</legend>
<p>${setUp.scan}</p>
${qrCode(secret.address, setUp.picture)}
<p>${setUp.type}</p>
<p class="secret"><code>${secret.text.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
${field({ name: "code", label: setUp.code, autocomplete: "one-time-code", isNeeded: true, isNumeric: true, isWrong: isWrong("code"), maxLength: longestCode })}
</fieldset>
<button type="submit">${setUp.send}</button>
</form>`,
	);
}

export function recoveryPage(language: Language, visitor: Visitor, codes: readonly string[]): Html {
	const { recovery } = authorityWordsOf[language];
	return authorityLayout(
		{ language, title: recovery.title, path: null, visitor },
		html`<p class="lead">${recovery.lead}</p>
<ol class="recovery">${codes.map((code) => html`<li><code>${code.replace(/(.{4})(?=.)/g, "$1-")}</code></li>`)}</ol>
<p><a class="button" href="${prefixOf(language)}/authority">${recovery.done}</a></p>`,
	);
}

/** Dark on light whatever the page's colors are, with the quiet zone of four modules that readers need. */
function qrCode(text: string, title: string): Html {
	const { data, size } = encode(text, { ecc: "M", border: 4 });
	const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
	return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${title}" shape-rendering="crispEdges">
<rect width="${size}" height="${size}" fill="#fff"></rect><path fill="#000" d="${dark}"></path></svg>`;
}
