// Each event of a case is an act: the code is `case-` and the event's kind, the details are those of its fields that may be told
// outside of the case.
import { z } from "zod";
import { appellant } from "../../appeals/appeal.ts";
import { asked } from "../../authorities/asked.ts";
import { entryJudgement } from "../../banks/entry-judgement.ts";
import { type CaseEventBody, type CaseEventKind, decision, revealLevels, spreadAction } from "../../cases/case.ts";
import { countedReports } from "../../cases/count-reports.ts";
import { appealId, caseId, entryId, itemId, orderId, outbreakId, requestId, sweepId } from "../../ids.ts";
import { accountAction, itemAction } from "../../orders/order.ts";
import { tier } from "../../policy/verdict.ts";
import { reportAnswerCodes } from "../../reports/answer.ts";
import { type ActKind, nothing } from "../act-kind.ts";

const on = "case";
/** `about`: left out where it is about items. */
const decided = z.object({ decision, about: z.literal("account").optional() });

export const caseActs = {
	"case-opened": { on, details: z.object({ tier, urgency: z.number() }) },
	"case-item-added": { on, details: z.object({ itemId, tier }) },
	"case-item-gone": { on, details: z.object({ itemId }) },
	"case-found-by-sweep": { on, details: z.object({ itemId, sweepId, tier }) },
	"case-judged-again": { on, details: z.object({ itemId, tier }) },
	"case-merged-into": { on, details: z.object({ caseId }) },
	"case-took-in": { on, details: z.object({ caseId, items: z.int() }) },
	"case-requested": {
		on,
		details: z.object({ requestId, asks: asked, isUrgent: z.boolean() }),
	},
	"case-reports-counted": {
		on,
		details: z.object({ reports: z.int(), voices: z.int(), trusted: z.int(), danger: countedReports.shape.danger }),
	},
	"case-strikes-gathered": { on, details: z.object({ strikes: z.int(), recommended: z.int() }) },
	"case-strikes-taken-back": { on, details: z.object({ strikes: z.int() }) },
	"case-reports-answered": { on, details: z.object({ reports: z.int(), answer: z.enum(reportAnswerCodes) }) },
	"case-appealed": { on, details: z.object({ appealId, by: appellant }) },
	"case-upheld": { on, details: decided },
	"case-overturned": { on, details: decided },
	"case-outbreak": { on, details: z.object({ outbreakId, voices: z.int(), inSeconds: z.int() }) },
	"case-specimen-kept": { on, details: z.object({ itemId }) },
	"case-spread-changed": {
		on,
		details: z.object({ outbreakId, action: spreadAction, items: z.int() }),
	},
	"case-escalated": { on, details: nothing },
	"case-claimed": { on, details: z.object({ fence: z.int() }) },
	"case-released": { on, details: z.object({ why: z.enum(["asked", "expired"]) }) },
	"case-skipped": { on, details: nothing },
	"case-commented": { on, details: nothing },
	"case-revealed": {
		on,
		details: z.object({
			...{ revealId: z.string(), itemId, level: z.literal(revealLevels) },
			members: z.array(itemId).readonly().optional(),
		}),
	},
	"case-hidden": { on, details: z.object({ revealId: z.string(), itemId, durationMs: z.number() }) },
	"case-decided": { on, details: decided.extend({ isFinal: z.boolean() }) },
	"case-second-asked": { on, details: decided },
	"case-lead-asked": { on, details: nothing },
	"case-undone": { on, details: decided },
	"case-reopened": { on, details: decided },
	"case-entry-judged": { on, details: z.object({ entryId, judgement: entryJudgement }) },
	"case-ordered": {
		on,
		details: z.object({ itemId, orderId, action: itemAction, label: z.string().optional(), version: z.int() }),
	},
	"case-account-ordered": { on, details: z.object({ orderId, action: accountAction, version: z.int() }) },
	"case-delivered": { on, details: z.object({ orderId, attempts: z.int() }) },
	/** `reason` is the platform client's code. */
	"case-undelivered": { on, details: z.object({ orderId, reason: z.string() }) },
} as const satisfies { readonly [K in CaseEventKind as `case-${K}`]: ActKind };

/** The act that an event is; the log keeps of its fields those that the act names. A reason is a person's; a machine's is among the details. */
export function caseAct(body: CaseEventBody, isPerson: boolean) {
	return {
		what: `case-${body.kind}` as const,
		details: body,
		reason: isPerson && "reason" in body ? body.reason : null,
		revision: "policyRevision" in body ? body.policyRevision : null,
	};
}
