// The sentences of statements of reasons, by language: data, which this shape holds to having each of them once.
import { z } from "zod";
import en from "./templates.en.json" with { type: "json" };
import vi from "./templates.vi.json" with { type: "json" };

const sentence = z.string().min(1);

const statementTemplates = z.strictObject({
	restriction: z.strictObject({ withheld: sentence, removed: sentence, lifted: sentence }),
	facts: z.strictObject({
		...{ known: sentence, "nearly-known": sentence, resembling: sentence },
		...{ appearance: sentence, words: sentence, assessment: sentence },
	}),
	promptedBy: z.strictObject({ detection: sentence, report: sentence, authority: sentence, appeal: sentence }),
	decided: z.strictObject({ machine: sentence, machineLifted: sentence, person: sentence }),
	ground: z.strictObject({ illegal: sentence, rules: sentence }),
	redress: z.strictObject({
		appeal: sentence.includes("{code}"),
		"platform-complaint": sentence,
		"dispute-settlement": sentence,
		court: sentence,
	}),
});

export const templates = { vi: statementTemplates.parse(vi), en: statementTemplates.parse(en) };
