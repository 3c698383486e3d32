// A revision of the policy: the settings that hold everywhere, and what platforms, surfaces and countries, alone or together, have
// otherwise. It decides which settings hold for an item, and what a proposed change makes of a set; it does not say who may change it.
import { z } from "zod";
import { BreakwaterError } from "../errors.ts";
import { faultsOf, ofRule } from "../fault.ts";
import { type PlatformId, platformId } from "../ids.ts";
import { type Country, country } from "../wire/country.ts";
import { type Surface, surface } from "../wire/item-event.ts";
import { leavesOf, type PolicySettings, policySettings, settingsPart, withPart } from "./settings.ts";

const scope = {
	platform: platformId.nullable().default(null),
	surface: surface.nullable().default(null),
	/** Revisions of before named none. */
	country: country.nullable().exactOptional(),
};

/** Where settings hold: null for every platform, every surface, or every country. */
export interface PolicyScope {
	readonly platform: PlatformId | null;
	readonly surface: Surface | null;
	readonly country?: Country | null;
}

export const policyOverride = z
	.strictObject({ ...scope, settings: settingsPart })
	.refine(
		(one) => one.platform !== null || one.surface !== null || (one.country ?? null) !== null,
		ofRule("names-no-scope"),
	);

const mostOverrides = 500;

/** What differs between two revisions is worked out for every platform in every country that either names. */
const mostCountries = 60;

export const policySet = z.strictObject({
	default: policySettings,
	/** At most one for each platform, surface and country. */
	overrides: z
		.array(policyOverride)
		.max(mostOverrides)
		.refine((all) => new Set(all.map(scopeKey)).size === all.length, ofRule("scope-twice"))
		.refine((all) => new Set(all.map((one) => one.country)).size <= mostCountries, ofRule("too-many-countries")),
});
export type PolicySet = z.infer<typeof policySet>;

export function scopeKey({ platform, surface, country = null }: PolicyScope): string {
	return `${platform ?? ""}/${surface ?? ""}/${country ?? ""}`;
}

/**
 * The more particular override wins. A country weighs most, for its law holds whatever was set for a platform everywhere; then the platform,
 * then the surface.
 */
export function settingsFor({ default: everywhere, overrides }: PolicySet, at: PolicyScope): PolicySettings {
	return overrides
		.filter((one) => holdsAt(one, at))
		.toSorted((a, b) => particularity(a) - particularity(b))
		.reduce((settings, one) => withPart(settings, one.settings), everywhere);
}

/** Whether what is set for the one scope reaches the other. */
export function holdsAt(override: PolicyScope, at: PolicyScope): boolean {
	return (
		(override.platform === null || override.platform === at.platform) &&
		(override.surface === null || override.surface === at.surface) &&
		(override.country ?? at.country ?? null) === (at.country ?? null)
	);
}

function particularity({ platform, surface, country = null }: PolicyScope): number {
	return (country === null ? 0 : 4) + (platform === null ? 0 : 2) + (surface === null ? 0 : 1);
}

/**
 * What differs, as people write it: settings by name, at any depth. Null takes a value away: from the default a model's threshold, from an
 * override whatever is then as elsewhere, in place of an override's settings all of it.
 */
export const policyChange = z.strictObject({
	default: z.record(z.string(), z.unknown()).exactOptional(),
	overrides: z
		.array(z.strictObject({ ...scope, settings: z.record(z.string(), z.unknown()).nullable() }))
		.max(mostOverrides)
		.exactOptional(),
});
export type PolicyChangeRequest = z.infer<typeof policyChange>;

/** Throws `rule-broken`, which names the field, where the outcome would be no policy. */
export function applyChange(set: PolicySet, change: PolicyChangeRequest): PolicySet {
	const overrides = new Map<string, unknown>(set.overrides.map((one) => [scopeKey(one), one]));
	for (const { settings, ...at } of change.overrides ?? []) {
		const before = set.overrides.find((one) => scopeKey(one) === scopeKey(at));
		if (settings === null) overrides.delete(scopeKey(at));
		else overrides.set(scopeKey(at), { ...at, settings: merge(before?.settings ?? {}, settings) });
	}
	return parsePolicySet({ default: merge(set.default, change.default ?? {}), overrides: [...overrides.values()] });
}

/** In one form: overrides in order, none that changes nothing. Throws `rule-broken`, which names the field. */
export function parsePolicySet(given: unknown): PolicySet {
	const parsed = policySet.safeParse(given);
	if (!parsed.success)
		throw new BreakwaterError("rule-broken", { reasons: faultsOf(parsed.error.issues, wholePolicy) });
	const { default: everywhere, overrides } = parsed.data;
	return {
		default: everywhere,
		overrides: overrides
			.filter(({ settings }) => leavesOf(settings).length > 0)
			.toSorted((a, b) => (scopeKey(a) < scopeKey(b) ? -1 : 1)),
	};
}

/** How what is wrong with no field in particular is named. */
export const wholePolicy = "policy";

/** JSON Merge Patch (RFC 7396), of objects. */
function merge(before: unknown, patch: unknown): unknown {
	if (!isRecord(patch)) return patch;
	const merged = new Map<string, unknown>(isRecord(before) ? Object.entries(before) : []);
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) merged.delete(name);
		else merged.set(name, merge(merged.get(name), value));
	}
	return Object.fromEntries(merged);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
