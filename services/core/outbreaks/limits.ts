// Decides when a machine limits how far something spreads by itself, and when a limit ends. That it spreads is no reason: harmless things do,
// unchanged and from many accounts. Something must have been found of it besides, and the policy of the place must leave it to machines; else
// it is recommended, and a person asks for it on the case (cases/limit-spread.ts).
import type { PlatformId } from "../ids.ts";
import type { Policies } from "../policy/policy.ts";
import type { Tier } from "../policy/verdict.ts";
import type { Country } from "../wire/country.ts";
import type { Surface } from "../wire/item-event.ts";
import type { OutbreakEnd } from "./outbreak.ts";

/** Growth alone is behavior. */
export const spreadTier: Tier = "T";

/** Who has its spread limited, or has not. */
export const spreadStates = ["recommended", "machine", "person", "lifted"] as const;
export type SpreadState = (typeof spreadStates)[number];

interface LimitPlace {
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly country: Country | null;
}

/** Whether an item there may be; `isFound`: anything was found of the content of something in the outbreak. */
export type MayLimit = (item: LimitPlace, isFound: boolean) => boolean;

export function machineMayLimit(policies: Pick<Policies, "of">): MayLimit {
	return ({ platformId, surface, country }, isFound) =>
		isFound && policies.of(platformId, surface, country).spreadLimits === "machine";
}

/** A limit is lifted with the outbreak; after a removal not before earlier copies were gone over, which are withheld or removed by that. */
export function isOver(ended: OutbreakEnd | null, removal: { readonly isSwept: boolean } | null): boolean {
	return ended !== null && (removal === null || removal.isSwept);
}
