// Under which policy a scan judges: the one that Breakwater came with, which needs no record; or the one in force, read from the record.
import { createPolicies, defaultPolicy, type Policy } from "../core/policy/policy.ts";
import { type Surface, surface as surfaceSchema } from "../core/wire/item-event.ts";
import { withParts } from "./lazy-compose.ts";
import { UsageError } from "./parse-options.ts";
import { unknownId } from "./unknown-id.ts";

export interface ScanPolicyOptions {
	readonly inForce?: true;
	readonly platform?: string;
	readonly surface?: string;
}

export interface JudgedUnder {
	readonly policy: Policy;
	readonly surface: Surface;
	/** What each line says of it. */
	readonly told: { readonly policyRevision?: number };
}

export async function policyOfScan({ inForce, platform, surface }: ScanPolicyOptions): Promise<JudgedUnder> {
	const at = surface === undefined ? null : surfaceSchema.parse(surface);
	if (inForce !== true) {
		if (platform !== undefined || at !== null)
			throw new UsageError("--platform and --surface go with --in-force: the built-in policy is everywhere the same");
		return { policy: defaultPolicy, surface: "public", told: {} };
	}
	return withParts(async ({ stores }) => {
		const [{ set, revision }, platforms] = await Promise.all([stores.policy.current(), stores.platforms.list()]);
		const named = platforms.find(({ id, name }) => platform === id || platform === name);
		if (platform !== undefined && named === undefined)
			throw unknownId({ what: "platform", list: "platform list" }, platform);
		const policy = createPolicies(set, revision).of(named?.id ?? null, at, named?.country ?? null);
		return { policy, surface: at ?? "public", told: { policyRevision: revision } };
	});
}
