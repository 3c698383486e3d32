export const languageCodes = ["vi", "en"] as const;
export type LanguageCode = (typeof languageCodes)[number];

function isLanguageCode(value: unknown): value is LanguageCode {
	return languageCodes.some((code) => code === value);
}

/** The kept choice, else the first of the browser's languages that we speak, else Vietnamese. */
export function chooseLanguage(kept: string | null, browserLanguages: readonly string[]): LanguageCode {
	if (isLanguageCode(kept)) return kept;
	for (const language of browserLanguages) {
		const [primary] = language.toLowerCase().split("-");
		if (isLanguageCode(primary)) return primary;
	}
	return "vi";
}
