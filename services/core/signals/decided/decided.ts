// What people decided before of the same thing: of the same bytes, or of the cluster that the item is confirmed in. Whoever finds it knows
// the standing decisions (clusters/standing-decision.ts); here is what it comes to.
import { z } from "zod";
import { type CaseId, caseId } from "../../ids.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Tier, Verdict } from "../../policy/verdict.ts";
import type { Signal } from "../signal.ts";
import { signalFields } from "../signal.ts";
import { type Bearing, type Finding, finding, type SignalKind, type StoredSignal } from "../signal-kind.ts";

const schema = z
	.object({
		...signalFields("decided"),
		/** Whose decision it is; of several the latest. */
		caseId,
		/** `differ`: of several decisions some removed and some let be. */
		decision: z.enum(["remove", "restore", "differ"]),
		category: z.string().nullable(),
		/**
		 * `same`: its bytes, or its words. `link`: it links to what they decided of, with words of its own. Otherwise it is a confirmed member of the
		 * cluster, of pictures, texts or videos.
		 */
		resemblance: z.enum(["same", "picture", "text", "video", "link"]),
		/** From the cluster's medoid; 0 for the same bytes, and for a link. */
		distanceBits: z.int(),
		/** Something speaks of it that spoke of nothing that was decided. */
		isNews: z.boolean(),
	})
	.readonly();
export type DecidedSignal = z.infer<typeof schema>;

export function decidedSignal(said: Omit<DecidedSignal, "kind" | "detector" | "version">): DecidedSignal {
	return { kind: "decided", detector: "people", version: "1", ...said };
}

export const decidedReasonCodes = ["near-asks-people", "decisions-differ", "let-be", "something-new"] as const;
type Code = (typeof decidedReasonCodes)[number];

/** The one among signals, for who has to do with nothing else. */
export function decidedAmong(signals: readonly Signal[]): DecidedSignal | null {
	const found = signals.find(({ kind }) => kind === "decided");
	return found === undefined ? null : schema.parse(found);
}

/** An item like what people removed before. */
export interface Copy {
	/** The decided case. */
	readonly caseId: CaseId;
	readonly isSame: boolean;
	/** Whether it is withheld on the decision, and on that alone. */
	readonly rests: "on-decision" | "on-more" | "on-nothing";
}

/** It has the bytes of what people removed, and is withheld for that: it is removed, too. */
export function isSameAsRemoved(copy: Copy | null): boolean {
	return copy?.isSame === true && copy.rests !== "on-nothing";
}

/** Null where people removed nothing like it. */
export function copyOf({ signals, grounds, action }: Pick<Verdict, "signals" | "grounds" | "action">): Copy | null {
	const decided = decidedAmong(signals);
	const own = grounds[signals.findIndex(({ kind }) => kind === "decided")];
	if (decided?.decision !== "remove" || own === undefined || own.tier === "none") return null;
	const isWithheld = action === "withhold" && own.isEnough;
	const others = grounds.some((ground) => ground !== own && ground.isEnough);
	const rests = !isWithheld ? "on-nothing" : others ? "on-more" : "on-decision";
	return { caseId: decided.caseId, isSame: decided.resemblance === "same", rests };
}

/** What is said beside a link may be anything, a warning for one: whatever the policy says of what is near, people read it. */
function tierOf(resemblance: DecidedSignal["resemblance"], { nearTiers }: Pick<Policy, "nearTiers">): Tier {
	switch (resemblance) {
		case "same":
			return "K1";
		case "link":
			return "K3";
		default:
			return nearTiers[resemblance];
	}
}

function find({ decision, resemblance, category, isNews }: DecidedSignal, policy: Policy): Finding {
	const tier = tierOf(resemblance, policy);
	const isStrong = tier !== "K3";
	const weak: readonly Code[] = isStrong ? [] : ["near-asks-people"];
	switch (decision) {
		case "remove":
			return finding({ tier, category, reasons: weak, bearing: resemblance === "same" ? "stands" : "none" });
		case "differ":
			return finding({ tier: "K3", category, reasons: ["decisions-differ" satisfies Code] });
		case "restore": {
			const code: Code = isNews ? "something-new" : "let-be";
			const bearing: Bearing = isNews || !isStrong ? "none" : "exempts";
			return finding({ tier: "none", reasons: [code, ...weak], bearing });
		}
	}
}

/** Rows of version 1 did not say of what they were near, and were weighed as pictures are. */
function nearPicture({ resemblance, ...row }: StoredSignal): StoredSignal {
	return { resemblance: resemblance === "near" ? "picture" : resemblance, ...row };
}

export const decided = {
	schema,
	upgrades: [nearPicture],
	reasons: decidedReasonCodes,
	find,
	// Its breaker is the way back from the decision; those of everything and of a platform hold for it as for all.
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	isOfAuthor: ({ resemblance }) => resemblance === "link",
	failureOf: () => null,
	facts: null,
} satisfies SignalKind<DecidedSignal>;
