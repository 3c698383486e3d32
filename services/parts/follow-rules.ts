// Keeps the rules that a process asks level with the record: told of a change at once, and asking once a second in case a notice was lost or a
// shadow has ended. Where the record cannot be asked, the rules known last go on to be asked, and `check` says so.
import type { Clock } from "../core/ports/clock.ts";
import type { FactStore } from "../core/ports/fact-store.ts";
import type { RuleStore } from "../core/ports/rule-store.ts";
import { createRuleCompiler } from "../core/rules/compile-rule.ts";
import { createFactCatalogue, type FactCatalogue, type FactRecording } from "../core/rules/fact-catalogue.ts";
import { type LatelyName, latelyAmong } from "../core/rules/lately.ts";
import { askedStages } from "../core/rules/rule.ts";
import { createRuleSet, type RuleSet } from "../core/rules/rule-set.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type { Logger } from "../runtime/logger.ts";
import { startToldLoop } from "../runtime/loop.ts";
import type { Metrics } from "../runtime/metrics.ts";

export interface FollowRulesDeps {
	readonly store: Pick<RuleStore, "asked" | "onChanged">;
	readonly factStore: Pick<FactStore, "declare">;
	readonly signalCatalogue: SignalCatalogue;
	readonly metrics: Pick<Metrics, "gauge">;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** The rules of one moment: what is counted for them, what they say, and how what they could read is recorded. */
export interface RulesNow extends Pick<RuleSet, "ask">, Pick<FactRecording, "write"> {
	readonly counted: ReadonlySet<LatelyName>;
	/** The facts that any of them reads, as `group.name`. */
	readonly reads: ReadonlySet<string>;
}

export interface RuleFollower extends AsyncDisposable {
	readonly facts: FactCatalogue;
	now(): RulesNow;
	/** Throws unless the record was asked within the last `maxAgeMs`. */
	check(maxAgeMs: number): void;
}

/** How long a lost notice may delay a change. */
const pollMs = 1_000;

/** Rejects where the record cannot be asked: an item judged without the rules would have gone unseen. */
export async function followRules({
	store,
	factStore,
	signalCatalogue,
	metrics,
	clock,
	logger,
}: FollowRulesDeps): Promise<RuleFollower> {
	const facts = createFactCatalogue(signalCatalogue);
	const compiler = createRuleCompiler(facts);
	let known = "";
	let rules = createRuleSet([], compiler, signalCatalogue);
	let now: RulesNow | null = null;
	let levelAtMs = clock.now();
	const read = async () => {
		const asked = await store.asked();
		levelAtMs = clock.now();
		const text = JSON.stringify(asked);
		if (text === known) return;
		const next = createRuleSet(asked, compiler, signalCatalogue);
		const counted = latelyAmong(next.reads);
		const { layout, write } = facts.recording(next.reads);
		await factStore.declare(layout);
		known = text;
		rules = next;
		now = { counted, reads: next.reads, write, ask: (item) => next.ask(item) };
		logger.info({ event: "rules-applied", rules: asked.length });
	};
	await read();
	const turn = async () => {
		await read().catch((error: unknown) => logger.warn({ event: "rules-behind", err: error }));
		return pollMs;
	};
	const following = await startToldLoop(turn, (onNotice) => store.onChanged(onNotice));
	metrics.gauge("breakwater_rules_asked", "Rules that are asked of each item here.", ["stage"], (gauge) => {
		for (const stage of askedStages) gauge.set({ stage }, rules.rules.filter((one) => one.stage === stage).length);
	});
	return {
		facts,
		now() {
			if (now === null) throw new Error("no rules have been read yet");
			return now;
		},
		check(maxAgeMs) {
			const ageMs = clock.now() - levelAtMs;
			if (ageMs > maxAgeMs) throw new Error(`the rules were last read ${Math.round(ageMs / 1000)} s ago`);
		},
		[Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
	};
}
