// The grounds of a verdict as the record has them. Verdicts of before grounds were kept are read under the policy revision that they
// name; where nobody knows that revision any more, this says so and makes nothing up.
import { z } from "zod";
import { type SignalCatalogue, signalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import { divertGround } from "./breaker.ts";
import { weigh } from "./grounds.ts";
import { type Policy, policyOfRevision } from "./policy.ts";
import { type LeftOut, leftOut } from "./shorten-verdict.ts";
import { type Ground, tier } from "./verdict.ts";

export type RecordedGrounds =
	| { readonly kind: "kept"; readonly grounds: readonly Ground[] }
	| { readonly kind: "unknown"; readonly reason: "policy-unknown" };

/** What is as usual is left out: most grounds are of a detector that found nothing. */
const storedGround = z
	.object({
		alone: tier.default("none"),
		/** Where it differs from `alone`. */
		tier: tier.optional(),
		/** Where it differs from having reached a tier. */
		counted: z.boolean().optional(),
		isEnough: z.boolean().default(false),
		category: z.string().nullable().default(null),
		reasons: z.array(z.string()).default([]),
		limits: z.record(z.string(), z.number()).default({}),
		restsOn: z.array(z.string()).default([]),
		raise: z.number().exactOptional(),
	})
	.transform(({ tier: reached, counted, ...kept }): Ground => {
		const tier = reached ?? kept.alone;
		return { tier, counted: counted ?? tier !== "none", ...kept };
	});

const stored = z.object({
	schemaVersion: z.literal(1),
	grounds: z.array(storedGround),
	/** Rows of before verdicts were shortened left nothing out. */
	andMore: z.array(leftOut).default([]),
});

export function toStoredGrounds(grounds: readonly Ground[], andMore: readonly LeftOut[] = []): z.input<typeof stored> {
	return {
		schemaVersion: 1,
		grounds: grounds.map(toStoredGround),
		...(andMore.length === 0 ? {} : { andMore: [...andMore] }),
	};
}

/** The entries that answered and that the verdict does not name. */
export function readAndMore({ grounds }: Pick<RecordedReasons, "grounds">): readonly LeftOut[] {
	return grounds === null ? [] : stored.parse(grounds).andMore;
}

function toStoredGround(ground: Ground): z.input<typeof storedGround> {
	const { alone, tier, counted, isEnough, category, reasons, limits, restsOn, raise } = ground;
	const kept: z.input<typeof storedGround> = {};
	if (alone !== "none") kept.alone = alone;
	if (tier !== alone) kept.tier = tier;
	if (counted !== (tier !== "none")) kept.counted = counted;
	if (isEnough) kept.isEnough = isEnough;
	if (category !== null) kept.category = category;
	if (reasons.length > 0) kept.reasons = [...reasons];
	if (Object.keys(limits).length > 0) kept.limits = { ...limits };
	if (restsOn.length > 0) kept.restsOn = [...restsOn];
	if (raise !== undefined) kept.raise = raise;
	return kept;
}

/** What the record holds of a verdict; `grounds` is null in rows of before they were kept. */
export interface RecordedReasons {
	readonly grounds: unknown;
	/** Read by the catalogue already. */
	readonly signals: readonly Signal[];
	readonly policyRevision: number;
	readonly divertedBy: readonly string[];
}

export function readGrounds(
	row: RecordedReasons,
	catalogue: SignalCatalogue = signalCatalogue,
	policyOf: (revision: number) => Policy | null = policyOfRevision,
): RecordedGrounds {
	if (row.grounds !== null) return { kind: "kept", grounds: stored.parse(row.grounds).grounds };
	const policy = policyOf(row.policyRevision);
	if (policy === null) return { kind: "unknown", reason: "policy-unknown" };
	const { grounds } = weigh(row.signals, policy, catalogue);
	return { kind: "kept", grounds: row.divertedBy.length === 0 ? grounds : grounds.map(divertGround) };
}
