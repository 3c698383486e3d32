// What the catalogue says of each act: on what kind of thing it is done, and the schema of its details.
import { z } from "zod";

/** What can be acted on. `models`, `policy`, `laws` and `templates` are one each: the settings of all models, the policy, the laws that clocks run by, the words of answers. */
export const subjectKinds = [
	"authority",
	"bank",
	"breaker",
	"case",
	"clock",
	"cluster",
	"dead-letter",
	"draft",
	"entry",
	"job",
	"laws",
	"models",
	"order",
	"outbreak",
	"person",
	"platform",
	"policy",
	"proposal",
	"report",
	"reporter",
	"sweep",
	"templates",
	"rule",
	"view",
] as const;
export const subjectKind = z.enum(subjectKinds);
export type SubjectKind = z.infer<typeof subjectKind>;

/** Details are ids, numbers, codes and names of ours: never content, an address, a hash, or what a person wrote but for the act's reason. */
export interface ActKind {
	readonly on: SubjectKind;
	readonly details: z.ZodObject;
}

export const nothing = z.object({});

/** How many keys end; `until` null or absent: they ended at once. */
export const endedKeys = z.object({ count: z.int(), until: z.string().nullish() });
export type EndedKeys = z.infer<typeof endedKeys>;
