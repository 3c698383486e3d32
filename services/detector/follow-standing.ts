// What people decided, and what they wait to see, as this detector knows it: in memory by subject, read from the record at the start and known within
// moments of being given or taken back. Whoever acts on what is so no more is told so by the record.
import type { StandingDecision, StandingDecisions } from "../core/clusters/standing-decision.ts";
import type { CaseId } from "../core/ids.ts";
import type { Awaited } from "../core/outbreaks/specimen.ts";
import { subjectText } from "../core/outbreaks/subject.ts";
import type { RecordedDecision, StandingStore } from "../core/ports/standing-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startToldLoop } from "../runtime/loop.ts";

export interface FollowStandingDeps {
	readonly standing: StandingStore;
	readonly logger: Logger;
}

const turnMs = 1_000;

export async function followStanding({
	standing,
	logger,
}: FollowStandingDeps): Promise<StandingDecisions & { readonly awaited: Awaited } & AsyncDisposable> {
	const bySubject = new Map<string, readonly StandingDecision[]>();
	let awaiting: ReadonlyMap<string, CaseId> = new Map();
	/** By scope, how many decisions to let be there are. */
	const letBe = new Map<string, number>();
	const count = (decisions: readonly StandingDecision[], by: 1 | -1) => {
		for (const scope of decisions.flatMap(({ decision, knew }) => (decision === "restore" ? knew : [])))
			letBe.set(scope, (letBe.get(scope) ?? 0) + by);
	};
	const take = (decisions: readonly RecordedDecision[]) => {
		for (const { subject, decision, ...given } of decisions) {
			const before = bySubject.get(subject) ?? [];
			const others = before.filter(({ caseId }) => caseId !== given.caseId);
			const held = decision === null ? others : [...others, { ...given, decision }];
			count(before, -1);
			count(held, 1);
			if (held.length === 0) bySubject.delete(subject);
			else bySubject.set(subject, held);
		}
	};
	const takeAwaited = async () => {
		const found = await standing.awaited();
		awaiting = new Map(found.map(({ subject, caseId }) => [subjectText(subject), caseId]));
	};
	let level = await standing.load(take);
	await takeAwaited();
	const turn = async () => {
		try {
			const { decisions, time } = await standing.writtenSince(level);
			take(decisions);
			level = time;
			await takeAwaited();
		} catch (error) {
			logger.warn({ event: "standing-decisions-behind", err: error });
		}
		return turnMs;
	};
	const following = await startToldLoop(turn, (onNotice) => standing.onChanged(onNotice));
	return {
		of: (subject) => bySubject.get(subject) ?? [],
		awaited: { caseOf: (subject) => awaiting.get(subjectText(subject)) ?? null },
		wasLetBe: (scope) => (letBe.get(scope) ?? 0) > 0,
		[Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
	};
}
