// What laws ask a platform to consider of an account. It is recommended by people, and carried out by the platform or not.
import { z } from "zod";
import type { StrikeFinding } from "./strike-findings.ts";

const days = z.int().min(1);
/** `law`: the profile of jurisdictions/ that asks for it. */
export const recommendation = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("suspend"), law: z.string(), atLeastDays: days, atMostDays: days }),
	z.object({ kind: z.literal("suspend-permanently"), law: z.string() }),
]);
export type Recommendation = z.infer<typeof recommendation>;

export function recommendationsOf(findings: readonly StrikeFinding[]): readonly Recommendation[] {
	return findings.flatMap(({ law, recommendation: found }) => (found.kind === "none" ? [] : [{ law, ...found }]));
}
