import { en } from "./words.en.ts";
import type { Language, Words } from "./words.ts";
import { vi } from "./words.vi.ts";

export const wordsOf = { vi, en } as const satisfies Record<Language, Words>;
