import type { CaseId } from "../core/ids.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import type { Events } from "../runtime/events.ts";

export interface EscalateCaseDeps {
	readonly cases: Pick<CaseStore, "markEscalated">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
	readonly clock: Clock;
	readonly events: Pick<Events, "caseEscalated">;
}

/** Puts a case in front of people, once however often it is asked to. */
export function createEscalateCase(deps: EscalateCaseDeps): (id: CaseId) => Promise<void> {
	return async (caseId) => {
		if (await deps.cases.markEscalated(caseId, new Date(deps.clock.now()))) deps.events.caseEscalated({ caseId });
		await deps.outbox.acknowledge(jobIdOf("escalate", { caseId }));
	};
}
