import { confirmedIn } from "../../core/clusters/membership.ts";
import { leftToMachines } from "../../core/measures/advice.ts";
import { type BreakerScope, divertVerdict } from "../../core/policy/breaker.ts";
import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies, Policy } from "../../core/policy/policy.ts";
import { shortenVerdict } from "../../core/policy/shorten-verdict.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import type { CaseStore } from "../../core/ports/case-store.ts";
import type { CountStore } from "../../core/ports/count-store.ts";
import type { Platform } from "../../core/ports/platform-store.ts";
import type { FactCatalogue } from "../../core/rules/fact-catalogue.ts";
import type { ItemOfRules } from "../../core/rules/item-facts.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import type { Signal } from "../../core/signals/signal.ts";
import type { RulesNow } from "../../parts/follow-rules.ts";
import { createCountLately } from "../count-lately.ts";
import { createHearAnswers } from "../hear-answers.ts";
import { next, type Step } from "../step.ts";
import type { Admitted, Asked, Clustered, Decided } from "../values.ts";

export interface DecideDeps {
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
	readonly breakers: { isOpen(scope: BreakerScope): boolean };
}

export interface DecideByRulesDeps extends DecideDeps {
	readonly rules: { readonly facts: Pick<FactCatalogue, "read">; now(): RulesNow };
	readonly counts: Pick<CountStore, "count">;
	readonly cases: Pick<CaseStore, "letBeOf">;
}

/** The verdict of rules and policy in force at this moment, which it names, unless a breaker leaves it to people. */
export function createDecide(deps: DecideByRulesDeps): Step<Asked, Decided> {
	const { signalCatalogue: catalogue, breakers, rules } = deps;
	const isOpen = (scope: BreakerScope) => breakers.isOpen(scope);
	const countLately = createCountLately(deps.counts);
	const hearAnswers = createHearAnswers(deps.cases);
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const { counted, ask, write } = rules.now();
		const mayRead = mayExamine(policy, "rule");
		const counts = mayRead && counted.size > 0 ? await countLately(item, counted) : null;
		const facts = mayRead ? rules.facts.read(ofRules(item), item.signals, counts) : null;
		const { platform, authorId } = item;
		const of = { platformId: platform.id, authorId, clusterId: confirmedIn(item.memberships) };
		const { receivedAtMs: arrivedAtMs } = item.record;
		const asked = ask({ facts, signals: item.signals, policy, ...of, arrivedAtMs, isOpen });
		const said = await hearAnswers(asked, { days: policy.ruleAnswerDays, arrivedAtMs, ...of });
		const signals = [...item.signals, ...said];
		const verdict = verdictOf(item, signals, policy, deps);
		const shortened = shortenVerdict(verdict, { policy, catalogue, isOpen });
		const measures = leftToMachines(verdict, { policy, platformId: platform.id, isOpen });
		return next({ verdict, shortened, measures, facts: facts === null ? null : write(facts), ...item, signals });
	};
}

function ofRules({ kind, surface, platform, language, isEdit, evidence }: Clustered): ItemOfRules {
	const { text, mediaType } = evidence;
	return { kind, surface, platform: platform.name, language, isEdit, text, mediaType };
}

/** What these signals come to for the item. One that is withheld stays so until people have decided. */
export function verdictOf(
	{
		surface,
		platform,
		isWithheld,
	}: Pick<Admitted, "surface" | "isWithheld"> & {
		readonly platform: Pick<Platform, "id">;
	},
	signals: readonly Signal[],
	policy: Policy,
	{ signalCatalogue, breakers }: Pick<DecideDeps, "signalCatalogue" | "breakers">,
): Verdict {
	const verdict = decideVerdict(signals, surface, policy, signalCatalogue);
	return isWithheld
		? { ...verdict, action: "withhold" }
		: divertVerdict(verdict, platform.id, (scope) => breakers.isOpen(scope));
}
