// How a deadline was counted, step by step, so that whoever doubts it can count again.
import { type Clock, dueAtMs, termOf } from "./clock.ts";
import { addTerm, type SkippedDay, type Term } from "./term.ts";

export type DeadlineStep =
	| { readonly kind: "received"; readonly atMs: number }
	| { readonly kind: "urgent"; readonly reason: string; readonly isShorter: boolean }
	| { readonly kind: "no-figure"; readonly words: string }
	| { readonly kind: "term"; readonly term: Term; readonly zone: string; readonly atMs: number }
	| ({ readonly kind: "not-counted" } & SkippedDay)
	| { readonly kind: "paused"; readonly fromMs: number; readonly toMs: number | null }
	| { readonly kind: "due"; readonly atMs: number | null }
	| { readonly kind: "source"; readonly profile: string; readonly source: string; readonly verified: boolean };

export function explainDeadline(clock: Clock): readonly DeadlineStep[] {
	const { profile, place, receivedAtMs, urgentReason, pauses } = clock;
	const { id, source, verified } = profile;
	const steps: DeadlineStep[] = [{ kind: "received", atMs: receivedAtMs }];
	if (urgentReason !== null)
		steps.push({
			kind: "urgent",
			reason: urgentReason,
			isShorter: profile.kind === "deadline" && profile.urgentWithin !== undefined,
		});
	const given = termOf(clock);
	if (profile.kind === "prompt") steps.push({ kind: "no-figure", words: profile.words });
	if (given !== null) {
		const { atMs, skipped } = addTerm(receivedAtMs, given, place);
		steps.push(...skipped.map((one) => ({ kind: "not-counted", ...one }) as const));
		steps.push({ kind: "term", term: given, zone: place.zone, atMs });
		steps.push(...pauses.map((one) => ({ kind: "paused", ...one }) as const));
		steps.push({ kind: "due", atMs: dueAtMs(clock) });
	}
	return [...steps, { kind: "source", profile: id, source, verified }];
}
