// Which step of its life a rule may take next, and where one step back leads. Stores carry out what this says, and decide nothing of it.
import { type AskedStage, askedStages, nextStage, type RuleStage, takesTwo } from "./rule.ts";

interface At {
	readonly stage: RuleStage;
	/** The part of the accounts of which it speaks. */
	readonly share: number;
}

/** `moves`: at once; `asks`: it waits for a second person; null: there is no such step from here. A backtest is no step that a person takes. */
export function stepTo(at: At, to: At): "moves" | "asks" | null {
	if (to.stage === "backtested") return null;
	if (at.stage === "canary" && to.stage === "canary") {
		if (to.share === at.share) return null;
		return to.share < at.share ? "moves" : "asks";
	}
	if (nextStage[at.stage] !== to.stage) return null;
	return takesTwo(to.stage) ? "asks" : "moves";
}

/** The stages that a person may have a rule go on to, or ask for; a rule in canary may go to another share. */
export function stepsFrom(stage: RuleStage): readonly AskedStage[] {
	return askedStages.filter((to) => nextStage[stage] === to || (stage === "canary" && to === "canary"));
}

interface Revision {
	readonly revision: number;
	readonly stage: RuleStage;
	/** Two people let it speak once. */
	readonly wasLive: boolean;
}

export interface StepBack {
	readonly revision: number;
	readonly from: RuleStage;
	readonly to: RuleStage;
	/** The revision that is live again instead; null where none is. */
	readonly instead: number | null;
}

/** One step back of what speaks most widely; null where nothing is asked. `revisions` newest first. */
export function stepBack(revisions: readonly Revision[]): StepBack | null {
	const at = (stage: RuleStage) => revisions.find((one) => one.stage === stage);
	const found = at("canary") ?? at("live") ?? at("shadow");
	if (found === undefined) return null;
	const { revision, stage: from } = found;
	const before = revisions.find((one) => one.wasLive && one.stage === "retired" && one.revision !== revision);
	if (from === "live" && before !== undefined) return { revision, from, to: "retired", instead: before.revision };
	return { revision, from, to: from === "shadow" ? "backtested" : "shadow", instead: null };
}

/** How long a shadow lasts where nobody says otherwise. */
export const shadowDays = 14;
export const mostShadowDays = 365;
