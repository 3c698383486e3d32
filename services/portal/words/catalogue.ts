import { authority as authorityEn } from "./authority.en.ts";
import { type AuthorityWords, authority as authorityVi } from "./authority.vi.ts";
import { en } from "./words.en.ts";
import type { Language, Words } from "./words.ts";
import { vi } from "./words.vi.ts";

export const authorityWordsOf = { vi: authorityVi, en: authorityEn } as const satisfies Record<
	Language,
	AuthorityWords
>;
export const wordsOf = { vi, en } as const satisfies Record<Language, Words>;
