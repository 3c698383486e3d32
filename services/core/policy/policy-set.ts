// A revision of the policy: the settings that hold everywhere, and what a platform, a surface, or one surface of one platform has
// otherwise. It decides which settings hold for an item, and what a proposed change makes of a set; it does not say who may change it.
import { z } from "zod";
import { BreakwaterError } from "../errors.ts";
import { faultsOf, ofRule } from "../fault.ts";
import { type PlatformId, platformId } from "../ids.ts";
import { type Surface, surface } from "../wire/item-event.ts";
import { leavesOf, type PolicySettings, policySettings, settingsPart, withPart } from "./settings.ts";

const scope = { platform: platformId.nullable().default(null), surface: surface.nullable().default(null) };

/** Where settings hold: null for every platform, or every surface. */
export interface PolicyScope {
	readonly platform: PlatformId | null;
	readonly surface: Surface | null;
}

export const policyOverride = z
	.strictObject({ ...scope, settings: settingsPart })
	.refine((one) => one.platform !== null || one.surface !== null, ofRule("names-no-scope"));

const mostOverrides = 500;

export const policySet = z.strictObject({
	default: policySettings,
	/** At most one for each platform and surface. */
	overrides: z
		.array(policyOverride)
		.max(mostOverrides)
		.refine((all) => new Set(all.map(scopeKey)).size === all.length, ofRule("scope-twice")),
});
export type PolicySet = z.infer<typeof policySet>;

export function scopeKey({ platform, surface }: PolicyScope): string {
	return `${platform ?? ""}/${surface ?? ""}`;
}

/** The more particular override wins: one surface of one platform over the platform, the platform over the surface. */
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
		(override.surface === null || override.surface === at.surface)
	);
}

function particularity({ platform, surface }: PolicyScope): number {
	return (platform === null ? 0 : 2) + (surface === null ? 0 : 1);
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
