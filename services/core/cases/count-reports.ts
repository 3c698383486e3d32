// Decides how far reports raise a case. Distinct reporters count, and those whose word is trusted count more, each up to a cap: a crowd that
// agrees to report something raises it no further than a handful of people do. How it was counted is kept with the case.
import { z } from "zod";

/** Who says something, as far as can be told, and how far that is trusted. */
export interface Voice {
	/** A pseudonym; of a reporter of whom nothing is known, the report's own id. */
	readonly voice: string;
	readonly isTrusted: boolean;
	readonly isDangerNow: boolean;
}

/** How many reports of each source count; no more are remembered. */
export const mostVoices = { public: 5, trusted: 2 } as const;

export const countedReports = z.object({
	version: z.literal(1),
	/** All of them, whether they counted or not. */
	reports: z.int().min(1),
	/** Reporters that raised the case. */
	voices: z.array(z.string()).max(mostVoices.public),
	trusted: z.array(z.string()).max(mostVoices.trusted),
	/** Whose word it is that a child is in danger now. */
	danger: z.enum(["nobody", "public", "trusted"]),
});
export type CountedReports = z.infer<typeof countedReports>;

/**
 * On the scale of verdicts (policy/settings.ts: words alone begin at 30, a probable match at 60, a confirmed one at 80). One report begins
 * where words do; at the caps and without danger it stays below a probable match.
 */
const urgencyBy = { first: 30, eachVoice: 3, eachTrusted: 7, danger: { nobody: 0, public: 70, trusted: 90 } } as const;

/** `reports` null and 0 where nobody reported anything. */
export function countReports(
	held: CountedReports | null,
	arrived: readonly Voice[],
): { readonly reports: CountedReports | null; readonly urgency: number } {
	const reports = arrived.reduce(count, held);
	return { reports, urgency: reports === null ? 0 : urgencyOf(reports) };
}

function count(held: CountedReports | null, { voice, isTrusted, isDangerNow }: Voice): CountedReports {
	const before = held ?? { version: 1, reports: 0, voices: [], trusted: [], danger: "nobody" };
	const said = isDangerNow ? (isTrusted ? "trusted" : "public") : "nobody";
	return {
		version: 1,
		reports: before.reports + 1,
		voices: isTrusted ? before.voices : withVoice(before.voices, voice, mostVoices.public),
		trusted: isTrusted ? withVoice(before.trusted, voice, mostVoices.trusted) : before.trusted,
		danger: urgencyBy.danger[said] > urgencyBy.danger[before.danger] ? said : before.danger,
	};
}

function withVoice(voices: string[], voice: string, most: number): string[] {
	return voices.length === most || voices.includes(voice) ? voices : [...voices, voice];
}

function urgencyOf({ voices, trusted, danger }: CountedReports): number {
	const raised = urgencyBy.first + voices.length * urgencyBy.eachVoice + trusted.length * urgencyBy.eachTrusted;
	return Math.max(raised, urgencyBy.danger[danger]);
}
