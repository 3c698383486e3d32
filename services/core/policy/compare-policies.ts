// What differs between two revisions of the policy, in codes, so that people read it in words before they accept: where, which setting,
// from what to what, and whether something may be withheld that was not, fewer people asked, or fewer must agree.
import { surfaces } from "../wire/item-event.ts";
import { holdsAt, type PolicyScope, type PolicySet, scopeKey, settingsFor } from "./policy-set.ts";
import { type Leaf, type LeafValue, leavesOf, type SettingName, type SettingsPart } from "./settings.ts";

/**
 * The gravest first. `withholds-otherwise`: some more and some less, as where near matches lose their strength, and with it near exemptions
 * theirs. `asks`: items that go to people. `people`: who must agree.
 */
export const policyEffects = [
	"withholds-more",
	"withholds-otherwise",
	"limits-more",
	"asks-less",
	"fewer-people",
	"withholds-less",
	"asks-more",
	"more-people",
] as const;
export type PolicyEffect = (typeof policyEffects)[number];

export interface PolicyChange extends PolicyScope {
	readonly setting: SettingName;
	/** The tier, category, surface or resemblance; null of a setting with one value. */
	readonly key: string | null;
	/** Null: of the default, there is none; of an override, as elsewhere. */
	readonly before: LeafValue | null;
	readonly after: LeafValue | null;
	/** The gravest, of what it does anywhere; null where only the order of work changes, or nothing. */
	readonly effect: PolicyEffect | null;
}

export function comparePolicies(before: PolicySet, after: PolicySet): readonly PolicyChange[] {
	const overrides = [...before.overrides, ...after.overrides].map(({ platform, surface, country = null }) => ({
		platform,
		surface,
		country,
	}));
	const scopes = new Map([everywhere, ...overrides].map((at) => [scopeKey(at), at]));
	const cells = cellsOf(overrides).map((at) => ({
		at,
		from: byName(settingsFor(before, at)),
		to: byName(settingsFor(after, at)),
	}));
	return [...scopes.values()].flatMap((at) => changesAt(at, before, after, cells));
}

const everywhere: PolicyScope = { platform: null, surface: null, country: null };

type Leaves = ReadonlyMap<string, Leaf>;

/** The settings that hold in one place under either policy. */
interface Cell {
	readonly at: PolicyScope;
	readonly from: Leaves;
	readonly to: Leaves;
}

/** Every place where something may hold otherwise than next to it: what one override hides, another may bring to light. */
function cellsOf(overrides: readonly PolicyScope[]): readonly PolicyScope[] {
	const platforms = [null, ...new Set(overrides.flatMap(({ platform }) => platform ?? []))];
	const countries = [null, ...new Set(overrides.flatMap(({ country }) => country ?? []))];
	return platforms.flatMap((platform) =>
		countries.flatMap((country) => [null, ...surfaces].map((surface) => ({ platform, surface, country }))),
	);
}

/** Whether an item may be withheld under the second that would not be under the first. */
export function mayWithholdMore(changes: readonly PolicyChange[]): boolean {
	return changes.some(({ effect }) => effect === "withholds-more" || effect === "withholds-otherwise");
}

function changesAt(
	at: PolicyScope,
	before: PolicySet,
	after: PolicySet,
	cells: readonly Cell[],
): readonly PolicyChange[] {
	const [was, is] = [byName(partAt(at, before)), byName(partAt(at, after))];
	return [...new Map([...was, ...is])].flatMap(([name, { setting, key }]) => {
		const change = { before: was.get(name)?.value ?? null, after: is.get(name)?.value ?? null };
		if (change.before === change.after) return [];
		const effects = new Set(cells.filter((cell) => holdsAt(at, cell.at)).map((cell) => effectIn(cell, name, setting)));
		return [{ ...at, setting, key, ...change, effect: policyEffects.find((one) => effects.has(one)) ?? null }];
	});
}

function effectIn({ from, to }: Cell, name: string, setting: SettingName): PolicyEffect | null {
	const [was, is] = [from.get(name)?.value ?? null, to.get(name)?.value ?? null];
	return was === is ? null : effectOf[setting](was, is, to.get(name)?.key ?? null);
}

function partAt(at: PolicyScope, set: PolicySet): SettingsPart {
	if (scopeKey(at) === scopeKey(everywhere)) return set.default;
	return set.overrides.find((one) => scopeKey(one) === scopeKey(at))?.settings ?? {};
}

function byName(part: SettingsPart): Leaves {
	return new Map(leavesOf(part).map((leaf) => [`${leaf.setting}.${leaf.key ?? ""}`, leaf]));
}

type EffectOf = (from: LeafValue | null, to: LeafValue | null, key: string | null) => PolicyEffect | null;

const actionOrder: readonly (LeafValue | null)[] = ["none", "review", "withhold"];
const widest: readonly (LeafValue | null)[] = ["missing", "public", "given"];
const rises = (from: LeafValue | null, to: LeafValue | null) => Number(to ?? 0) > Number(from ?? 0);

/** What another value of each setting does, where values differ. */
const effectOf = {
	modelThresholds: (from, to) => ((to ?? 2) < (from ?? 2) ? "asks-more" : "asks-less"),
	actions(from, to) {
		if (to === "withhold") return "withholds-more";
		if (from === "withhold") return "withholds-less";
		return actionOrder.indexOf(to) > actionOrder.indexOf(from) ? "asks-more" : "asks-less";
	},
	urgency: () => null,
	textUrgency: () => null,
	surfaceUrgency: () => null,
	removalPeople: (from, to) => (rises(from, to) ? "more-people" : "fewer-people"),
	undoWithinMs: () => null,
	restorePeople: (from, to) => (rises(from, to) ? "more-people" : "fewer-people"),
	// Near exemptions let pass what is only as strong as they are: less strength withholds less here and more there.
	nearTiers: (_from, to) => (to === "K2" ? "withholds-more" : "withholds-otherwise"),
	minimumQuality: (from, to) => (rises(from, to) ? "withholds-less" : "withholds-more"),
	shortestShownMs: (from, to) => (rises(from, to) ? "withholds-less" : "withholds-more"),
	sweepItems: (from, to) => (rises(from, to) ? "fewer-people" : "more-people"),
	accountRestriction: () => null,
	spreadLimits: (_from, to) => (to === "machine" ? "limits-more" : "more-people"),
	wordsInPictures: (_from, to) => (to === "read" ? "asks-more" : "asks-less"),
	labels: (_from, to) => (to === "machine" ? "limits-more" : "more-people"),
	friction: (_from, to) => (to === "machine" ? "limits-more" : "more-people"),
	contactLimits: (from, to) => (rises(from, to) ? "asks-less" : "asks-more"),
	ruleAnswerDays: (from, to) => (rises(from, to) ? "asks-less" : "asks-more"),
	// Whichever detector may look may find what is withheld; rules and models ask people, and exemptions are matched, too. Who writes to whom has nothing withheld.
	legalBasis(from, to, key) {
		if (key === "contacts") return widest.indexOf(to) > widest.indexOf(from) ? "asks-more" : "asks-less";
		return to === "given" ? "withholds-more" : "withholds-otherwise";
	},
} as const satisfies Record<SettingName, EffectOf>;
