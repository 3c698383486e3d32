// Numbers as the page's language writes them.
import type { LanguageCode } from "../language/language-code.ts";

const locales: Readonly<Record<LanguageCode, string>> = { vi: "vi-VN", en: "en-GB" };

export function formatCount(count: number, language: LanguageCode): string {
	return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 0 }).format(count);
}

/** An expected number of things, with its tenth. */
export function formatTenths(value: number, language: LanguageCode): string {
	return new Intl.NumberFormat(locales[language], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** Seconds with a tenth where there is one. */
export function formatSeconds(ms: number, language: LanguageCode): string {
	return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1 }).format(ms / 1_000);
}

/** A probability or share with two decimals, cut and not rounded: 0.7999 must not read as having reached 0.80. */
export function formatProbability(value: number, language: LanguageCode): string {
	const cut = Math.floor(value * 100 + 1e-9) / 100;
	return new Intl.NumberFormat(locales[language], { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cut);
}

/** A share of 1 as a percentage of up to three digits. */
export function formatPercent(share: number, language: LanguageCode): string {
	return new Intl.NumberFormat(locales[language], { style: "percent", maximumSignificantDigits: 3 }).format(share);
}
