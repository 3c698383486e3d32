// The rules that are asked of every item, as people last decided, compiled once. What a rule says becomes a signal; what its signal counts for
// is the policy's (policy/grounds.ts).
import { accountBit } from "../banks/account-bits.ts";
import type { ClusterId, PlatformId } from "../ids.ts";
import { type BreakerScope, scopeText } from "../policy/breaker.ts";
import type { Policy } from "../policy/policy.ts";
import { strongerTier } from "../policy/verdict.ts";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import { type RuleSignal, ruleSignal, scopeOfRule } from "../signals/rule/rule-signal.ts";
import type { Signal } from "../signals/signal.ts";
import { unexaminedSignal } from "../signals/unexamined/unexamined.ts";
import type { CompiledRule, RuleCompiler } from "./compile-rule.ts";
import type { Facts } from "./fact-catalogue.ts";
import { outcomeOf } from "./outcome.ts";
import type { AskedStage, RuleBody } from "./rule.ts";
import { type ActiveSnooze, snoozeKey } from "./snooze.ts";

/** A revision of a rule that detectors ask. */
export interface AskedRule {
	readonly body: RuleBody;
	readonly revision: number;
	readonly stage: AskedStage;
	/** The part of the accounts of which it speaks, in canary; 1 otherwise. */
	readonly share: number;
	/** The accounts and clusters about which it is not heard for now. */
	readonly snoozes?: readonly ActiveSnooze[];
}

interface AskedOf {
	/** Null where no law lets rules read it. */
	readonly facts: Facts | null;
	readonly signals: readonly Signal[];
	readonly policy: Policy;
	readonly platformId: PlatformId;
	readonly authorId: string;
	/** Null where it is of none. */
	readonly clusterId: ClusterId | null;
	/** Unix time: a snooze that was over by then is none. */
	readonly arrivedAtMs: number;
	/** A rule whose breaker is open is not asked. */
	readonly isOpen: (scope: BreakerScope) => boolean;
}

export interface RuleSet {
	readonly rules: readonly AskedRule[];
	/** The facts that any of them reads, as `group.name`. */
	readonly reads: ReadonlySet<string>;
	/** Those that say something, and those that could not be worked out; that none is asked, where none may be. */
	ask(item: AskedOf): readonly Signal[];
}

/** Null: this version of the program cannot read the rule any more. It fails on each item, and people look. */
type Ready = AskedRule & {
	readonly compiled: CompiledRule | null;
	readonly bySubject: ReadonlyMap<string, ActiveSnooze>;
};

export function createRuleSet(
	rules: readonly AskedRule[],
	compiler: RuleCompiler,
	catalogue: Pick<SignalCatalogue, "find" | "scopesOf">,
): RuleSet {
	const ready = rules.map((one): Ready => {
		const compiled = compiler.compile(one.body);
		const bySubject = new Map((one.snoozes ?? []).map((snooze) => [snoozeKey(snooze.of), snooze]));
		return { ...one, bySubject, compiled: compiled.kind === "compiled" ? compiled.rule : null };
	});
	const canaries = new Map(ready.filter(({ stage }) => stage === "canary").map((one) => [one.body.name, one]));
	/** Where a newer revision is in canary, the live one speaks for all other accounts. */
	const isDue = ({ body, stage, share }: Ready, item: AskedOf) => {
		if (stage === "canary") return isInShare(item, share);
		const canary = stage === "live" ? canaries.get(body.name) : undefined;
		return canary === undefined || !isInShare(item, canary.share);
	};
	return {
		rules,
		reads: new Set(ready.flatMap(({ compiled }) => compiled?.reads ?? [])),
		ask(item) {
			if (ready.length === 0) return [];
			if (item.facts === null) return [unexaminedSignal("rule", "rule")];
			const cel = compiler.toCel(item.facts);
			return ready.flatMap((one) => {
				if (!isDue(one, item) || item.isOpen(scopeOfRule(one.body.name))) return [];
				const outcome = outcomeOf(one.compiled, cel);
				return outcome === "not-held" ? [] : [signalOf(one, outcome, item, catalogue)];
			});
		},
	};
}

const shareParts = 4_096;

/** The same accounts for as long as the share is the same, and more as it grows. */
function isInShare({ platformId, authorId }: Pick<AskedOf, "platformId" | "authorId">, share: number): boolean {
	return accountBit(platformId, authorId, shareParts) < share * shareParts;
}

function signalOf(
	{ body, revision, stage, compiled, bySubject }: Ready,
	outcome: RuleSignal["outcome"],
	item: AskedOf,
	catalogue: Pick<SignalCatalogue, "find" | "scopesOf">,
): RuleSignal {
	const { name, does, category } = body;
	const known = does.withhold === true ? strongestKnown(item, catalogue) : null;
	const isOnModelAlone = compiled?.isOnModelAlone ?? false;
	const snooze = snoozeOf(bySubject, item);
	const snoozed = snooze === null ? {} : { snoozed: { id: snooze.id, kind: snooze.of.kind, until: snooze.until } };
	const ofAuthor =
		compiled?.isOfAuthor === true ? { isOfAuthor: true as const, tallies: talliesOf(compiled, item.facts) } : {};
	return ruleSignal({
		...{ rule: name, revision, stage, outcome, category, does, isOnModelAlone, known },
		...{ ...ofAuthor, ...snoozed },
	});
}

function talliesOf({ tallies }: CompiledRule, facts: Facts | null): Readonly<Record<string, number>> {
	return Object.fromEntries(
		tallies.flatMap((read) => {
			const [group = "", name = ""] = read.split(".");
			const value = facts?.[group]?.[name];
			return typeof value === "number" ? [[read, value] as const] : [];
		}),
	);
}

function snoozeOf(
	bySubject: ReadonlyMap<string, ActiveSnooze>,
	{ platformId, authorId: accountId, clusterId, arrivedAtMs }: AskedOf,
): ActiveSnooze | null {
	if (bySubject.size === 0) return null;
	const ofAccount = bySubject.get(snoozeKey({ kind: "account", platformId, accountId }));
	const ofCluster = clusterId === null ? undefined : bySubject.get(snoozeKey({ kind: "cluster", clusterId }));
	return [ofAccount, ofCluster].find((one) => one !== undefined && Date.parse(one.until) > arrivedAtMs) ?? null;
}

/** The strongest of what would have the item withheld by itself; a rule adds to it, and never stands for it. */
function strongestKnown(
	{ signals, policy }: AskedOf,
	catalogue: Pick<SignalCatalogue, "find" | "scopesOf">,
): RuleSignal["known"] {
	let strongest: RuleSignal["known"] = null;
	for (const signal of signals) {
		const { tier } = catalogue.find(signal, policy);
		if (tier !== "K1" && tier !== "K2") continue;
		if (strongest !== null && strongerTier(strongest.tier, tier) === strongest.tier) continue;
		strongest = { tier, restsOn: catalogue.scopesOf(signal).map(scopeText) };
	}
	return strongest;
}
