// What the portal says, by language. Vietnamese comes first: it is at the root, English below /en.
import type { vi as vietnamese } from "./words.vi.ts";

type Plain<T> = T extends string ? string : { readonly [Key in keyof T]: Plain<T[Key]> };
export type Words = Plain<typeof vietnamese>;

export const languages = ["vi", "en"] as const;
export type Language = (typeof languages)[number];

/** "" or "/en": what paths of this language begin with. */
export function prefixOf(language: Language): "" | "/en" {
	return language === "vi" ? "" : "/en";
}
