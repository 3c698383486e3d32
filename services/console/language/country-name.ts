import type { Country } from "../../core/wire/country.ts";
import type { LanguageCode } from "./language-code.ts";

/** As the browser names it; the code where it knows none. */
export function countryName(code: Country, language: LanguageCode): string {
	return new Intl.DisplayNames([language], { type: "region", fallback: "code" }).of(code) ?? code;
}
