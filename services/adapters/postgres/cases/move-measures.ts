// What an act on a case, a decision, or its way back does to labels and friction.
import type { Actor, CaseTransition } from "../../../core/cases/case.ts";
import type { CaseId } from "../../../core/ids.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import type { Connection } from "../connection/database.ts";
import { writeMeasures } from "../orders/write-measures.ts";
import type { NewCaseEvent } from "./case-events.ts";

export function moveMeasures(
	tx: Connection,
	{ id: caseId, tier, category }: { readonly id: CaseId; readonly tier: Tier; readonly category: string | null },
	{ measures = [] }: Pick<CaseTransition, "measures">,
	doing: { readonly actor: Actor; readonly at: Date },
): Promise<readonly NewCaseEvent[]> {
	return writeMeasures(
		tx,
		measures.map((one) => ({ ...one, caseId, tier, category })),
		doing,
	);
}
