// A breaker stops a machine from withholding by itself: for one entry, bank, model or platform, or for all of them. While it is
// open, people decide what would have been withheld; nothing is dropped. A rule is not asked at all while its breaker is open. It opens by hand (a kill switch), or, but for an entry's and
// that of everything, by itself when withholds come too fast; only a person closes it. An entry that suddenly matches much goes into
// quarantine instead (banks/entry-surge.ts).
import type { PlatformId } from "../ids.ts";
import type { ContextReason, Ground, Verdict } from "./verdict.ts";

export const breakerKinds = ["entry", "bank", "model", "rule", "platform", "all"] as const;
export type BreakerKind = (typeof breakerKinds)[number];

export interface BreakerScope {
	readonly kind: BreakerKind;
	/** Id of the entry, bank, model or platform, name of the rule; `*` for all. */
	readonly key: string;
}

export const everything: BreakerScope = { kind: "all", key: "*" };

/** The form of a scope in records and maps. */
export function scopeText({ kind, key }: BreakerScope): string {
	return `${kind}:${key}`;
}

/** Null where the text is none of {@link scopeText}. */
export function parseScope(text: string): BreakerScope | null {
	const colon = text.indexOf(":");
	const kind = breakerKinds.find((one) => one === text.slice(0, colon));
	return kind === undefined ? null : { kind, key: text.slice(colon + 1) };
}

/** Automatic withholds per minute that are never too many, and how far above its own baseline a scope may go beyond that. */
export interface BreakerLimits {
	readonly perMinute: Readonly<Record<Exclude<BreakerKind, "entry" | "all">, number>>;
	readonly factor: number;
	/** After a person has closed it, a breaker does not open by itself for so long. */
	readonly restMs: number;
}

export interface WithholdRate {
	readonly perMinute: number;
	/** The usual rate: that of the last day, without the last minutes. */
	readonly baselinePerMinute: number;
}

export function isTooFast(kind: BreakerKind, rate: WithholdRate, limits: BreakerLimits): boolean {
	if (kind === "entry" || kind === "all") return false;
	return rate.perMinute > Math.max(limits.perMinute[kind], rate.baselinePerMinute * limits.factor);
}

/** What is counted of a verdict, whatever it does: each rule that spoke. */
export function rulesThatSpoke(verdict: Pick<Verdict, "grounds">): readonly BreakerScope[] {
	const spoke = verdict.grounds.filter(({ reasons }) => !reasons.includes("in-shadow"));
	const texts = new Set(spoke.flatMap(({ restsOn }) => restsOn));
	return [...texts].flatMap((text) => parseScope(text) ?? []).filter(({ kind }) => kind === "rule");
}

/** What a withhold rests on, but for its entries, each of which is counted, and for its rules, which are counted whatever they do. */
export function scopesOfWithhold(verdict: Pick<Verdict, "grounds">, platformId: PlatformId): readonly BreakerScope[] {
	const texts = verdict.grounds.flatMap(({ isEnough, restsOn }) => (isEnough ? restsOn : []));
	const scopes = [...new Set(texts)].flatMap((text) => parseScope(text) ?? []);
	return [...scopes.filter(({ kind }) => kind !== "entry" && kind !== "rule"), { kind: "platform", key: platformId }];
}

/** The verdict as it stands with these breakers open: a withhold that rests on nothing else goes to people. */
export function divertVerdict(
	verdict: Verdict,
	platformId: PlatformId,
	isOpen: (scope: BreakerScope) => boolean,
): Verdict {
	if (verdict.action !== "withhold") return verdict;
	const isOpenText = (text: string) => {
		const scope = parseScope(text);
		return scope !== null && isOpen(scope);
	};
	const general = [everything, { kind: "platform", key: platformId } as const].filter(isOpen).map(scopeText);
	const open = verdict.grounds.filter(({ isEnough }) => isEnough).map(({ restsOn }) => restsOn.filter(isOpenText));
	const stands = general.length === 0 && open.some((scopes) => scopes.length === 0);
	if (stands) return verdict;
	const divertedBy = [...new Set([...general, ...open.flat()])];
	return { ...verdict, action: "review", divertedBy, grounds: verdict.grounds.map(divertGround) };
}

/** Enough to have the item withheld, and left to people. */
export function divertGround(ground: Ground): Ground {
	return ground.isEnough ? { ...ground, reasons: [...ground.reasons, "diverted" satisfies ContextReason] } : ground;
}
