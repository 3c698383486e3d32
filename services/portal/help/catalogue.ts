import type { Language } from "../words/words.ts";
import { helpEn } from "./help.en.ts";
import { helpVi } from "./help.vi.ts";
import type { Audience, HelpPage } from "./help-page.ts";

export const helpOf = { vi: helpVi, en: helpEn } as const satisfies Record<
	Language,
	Readonly<Record<Audience, HelpPage>>
>;
