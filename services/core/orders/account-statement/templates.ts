// The sentences of statements on accounts, by language: data, which this shape holds to having each of them once.
import { z } from "zod";
import en from "./templates.en.json" with { type: "json" };
import vi from "./templates.vi.json" with { type: "json" };

const sentence = z.string().min(1);

const accountTemplates = z.strictObject({
	restriction: z.strictObject({ recommended: sentence, withdrawn: sentence }),
	facts: z.strictObject({ strikes: sentence.includes("{count}"), assessment: sentence }),
	promptedBy: z.strictObject({ appeal: sentence }),
	decided: sentence,
	ground: sentence,
	asks: z.strictObject({
		suspend: sentence.includes("{law}").includes("{least}").includes("{most}"),
		"suspend-permanently": sentence.includes("{law}"),
	}),
	redress: z.strictObject({
		appeal: sentence.includes("{code}"),
		...{ "platform-complaint": sentence, "dispute-settlement": sentence, court: sentence },
	}),
});

export const accountTemplatesIn = { vi: accountTemplates.parse(vi), en: accountTemplates.parse(en) };
export type AccountLanguage = keyof typeof accountTemplatesIn;
