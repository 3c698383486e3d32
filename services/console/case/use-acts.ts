// What a person does with the case they hold. Each act says afterwards what it did, or why it did nothing.
import { useCallback, useState } from "preact/hooks";
import type { EntryJudgement } from "../../core/banks/entry-judgement.ts";
import type { Decision, SpreadAction } from "../../core/cases/case.ts";
import { isLeavingUp, type WaitsFor } from "../../core/cases/consequences.ts";
import type { CaseId, EntryId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ApiProblem, problemOf } from "../api/api-problem.ts";
import { usePassing } from "../hooks/use-passing.ts";
import { useDesk } from "../shell/console-context.ts";
import type { OpenCase } from "./use-open-case.ts";

/** How the case was left by this person. */
export type Settlement = "removed" | "second-remove" | "second-restore" | "lead" | "restored" | "left-up" | "skipped";

export interface Acts {
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	readonly settlement: Settlement | null;
	decide(decision: Decision, reason: string): Promise<void>;
	skip(): Promise<void>;
	/** Takes the decision back; true where the case is open again. */
	undo(reason: string): Promise<boolean>;
	/** Limits how far it spreads, or lifts that, whichever may be done. */
	changeSpread(): Promise<void>;
	/** What was last done about it from here. */
	readonly spread: SpreadAction | null;
	/** What was last written to an entry from here. */
	readonly judged: EntryJudgement | null;
	/** True where it is written to the entry. */
	judge(entryId: EntryId, judgement: EntryJudgement, reason: string): Promise<boolean>;
	/** True where the note is kept. */
	comment(text: string): Promise<boolean>;
	/** Forgets how the case was settled, when it is taken again. */
	resume(): void;
}

function settlementOf(decision: Decision, waits: WaitsFor, wasLeavingUp: boolean): Settlement {
	if (waits === "lead") return "lead";
	if (waits === "second-person") return decision === "remove" ? "second-remove" : "second-restore";
	if (decision === "remove") return "removed";
	return wasLeavingUp ? "left-up" : "restored";
}

/** Copies of one thing may come while somebody decides on it; what one author writes, or shows in a stream, is looked at before it is decided on. */
function itemsSeenIn({ isOfAuthor, isOfStream, items, itemCount }: WireCaseDetail): { readonly itemsSeen?: number } {
	return isOfAuthor || isOfStream ? { itemsSeen: Math.max(items.length, itemCount) } : {};
}

export function useActs(id: CaseId, open: OpenCase): Acts {
	const { client } = useDesk();
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = usePassing<ApiProblem>();
	const [settlement, setSettlement] = useState<Settlement | null>(null);
	const [judged, setJudged] = useState<EntryJudgement | null>(null);
	const [spread, setSpread] = useState<SpreadAction | null>(null);
	const { claim, detail, refuse, settle, reread } = open;
	const fence = claim.kind === "held" ? claim.fence : null;

	const attempt = useCallback(
		async (act: () => Promise<void>): Promise<boolean> => {
			setBusy(true);
			setProblem(null);
			setJudged(null);
			setSpread(null);
			try {
				await act();
				return true;
			} catch (error) {
				const refused = problemOf(error);
				setProblem(refused);
				if (refused.code === "claim-lost") refuse();
				else reread();
				return false;
			} finally {
				setBusy(false);
			}
		},
		[refuse, reread, setProblem],
	);

	return {
		isBusy,
		problem,
		settlement,
		...{ judged, spread },
		async changeSpread() {
			const action = detail?.outlook.spread?.action;
			if (fence === null || action === undefined) return;
			await attempt(async () => {
				settle(await client.changeSpread(id, { fence, action }), false);
				setSpread(action);
			});
		},
		async decide(decision, reason) {
			if (fence === null || detail === null) return;
			const wasLeavingUp = isLeavingUp(detail.items);
			await attempt(async () => {
				const answer = await client.decide(id, { fence, decision, reason, ...itemsSeenIn(detail) });
				settle(answer.case, true);
				setSettlement(settlementOf(decision, answer.waitsFor, wasLeavingUp));
			});
		},
		undo: (reason) =>
			attempt(async () => {
				settle(await client.undo(id, reason), true);
				setSettlement(null);
			}),
		async skip() {
			if (fence === null) return;
			await attempt(async () => {
				await client.skip(id, fence);
				settle(null, true);
				setSettlement("skipped");
			});
		},
		judge: (entryId, judgement, reason) =>
			attempt(async () => {
				if (fence === null) throw new ApiProblem("claim-lost");
				settle(await client.judgeMatched(id, { fence, entryId, judgement, reason }), false);
				setJudged(judgement);
			}),
		comment: (text) =>
			attempt(async () => {
				await client.comment(id, text);
				reread();
			}),
		resume: () => setSettlement(null),
	};
}
