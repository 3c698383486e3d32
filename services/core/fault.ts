// What exactly is wrong with what was sent or asked for: codes with their parameters, which name fields, rules, revisions and limits, never
// values that came with content. Each language writes its own sentence (services/words).
import { z } from "zod";
import { quoted } from "./quoted.ts";

const coded = <C extends string, S extends z.core.$ZodLooseShape>(code: C, parameters: S) =>
	z.object({ code: z.literal(code), ...parameters });

/** As zod calls what a field can do wrong. */
const zodRules = [
	"invalid_type",
	"too_big",
	"too_small",
	"invalid_format",
	"not_multiple_of",
	"unrecognized_keys",
	"invalid_union",
	"invalid_key",
	"invalid_element",
	"invalid_value",
] as const satisfies readonly Exclude<z.core.$ZodIssue["code"], "custom">[];

/** What our own checks say; a check gives its rule as the message ({@link ofRule}). */
const ownRules = [
	"not-allowed",
	"unstorable-text",
	"not-a-time",
	"time-without-zone",
	"no-such-moment",
	"outside-of-years",
	"url-and-object-key",
	"url-or-object-key",
	"media-without-data",
	"bytes-of-no-media",
	"of-another-platform",
	"names-no-scope",
	"scope-twice",
	"too-many-countries",
	"no-such-platform",
	"withheld-by-a-machine",
	"known-goes-unseen",
	"share-too-small",
	"name-form",
	"own-source",
	"does-nothing",
	"lies-ahead",
	"lies-behind",
] as const;
export const fieldRules = [...zodRules, ...ownRules] as const;
export type FieldRule = (typeof fieldRules)[number];
type OwnRule = (typeof ownRules)[number];

/** Which things people ask for by a name or an id. */
export const namedThings = [
	"bank",
	"draft",
	"proposal",
	"entry",
	"entry-of-case",
	"breaker-scope",
	"rule",
	"snooze",
	"platform",
	"cluster",
] as const;
export type NamedThing = (typeof namedThings)[number];

/** Why a record was parked, besides its dead letter's reason. */
const parkFaults = [
	coded("not-json", {}),
	coded("event-type-unknown", {}),
	coded("source-of-nobody", {}),
	coded("platform-disabled", {}),
	coded("not-signed", {}),
	coded("bytes-gone", {}),
	coded("evidence-refused", {}),
	coded("step-failed-always", {}),
] as const;

export const fault = z.discriminatedUnion("code", [
	/** `limit`: of rules that have one. `allowed`: where few values are taken, all of them. */
	coded("field-refused", {
		...{ field: z.string(), rule: z.enum(fieldRules), limit: z.number().optional() },
		allowed: z.array(z.string()).readonly().optional(),
	}),
	coded("fields-left-out", { count: z.int() }),
	...parkFaults,
	coded("not-there", { what: z.enum(namedThings) }),
	coded("no-such-revision", { revision: z.int() }),
	coded("nothing-to-go-back-to", {}),
	coded("other-revision", { base: z.int(), inForce: z.int() }),
	coded("rule-at-stage", { stage: z.string() }),
	coded("rule-unreadable", {}),
	coded("decided-already", { what: z.enum(["draft", "proposal"]), state: z.string() }),
	coded("takes-no-more-rows", {}),
	coded("changed-meanwhile", { settings: z.array(z.string()).readonly() }),
	coded("password-too-short", { fewestCharacters: z.int() }),
	coded("password-too-long", { mostCharacters: z.int() }),
	coded("password-guessable", {}),
	coded("password-unchanged", {}),
	coded("full-view-needs-more", {}),
	coded("model-live-already", { model: z.string() }),
	coded("no-shadow-model", {}),
]);
export type Fault = z.infer<typeof fault>;

/** As it is kept: where there was a sentence before there were codes, it is shown as a quotation. */
export const keptFault = z.discriminatedUnion("code", [...fault.options, quoted]);
export type KeptFault = z.infer<typeof keptFault>;

/** The message of a zod check: the rule that it stands for. */
export function ofRule(rule: OwnRule): OwnRule {
	return rule;
}

const mostNamed = 5;

/** The first few of what zod found; `whole` is what is named where the fault is of no field. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], whole: string): readonly Fault[] {
	const named = issues.slice(0, mostNamed).map((issue): Fault => {
		const limit = limitOf(issue);
		// Names that a strict schema does not know: policies have such, events do not.
		const names = issue.code === "unrecognized_keys" ? issue.keys : [];
		const field = [...issue.path, ...names].join(".") || whole;
		return {
			code: "field-refused",
			field,
			rule: ruleOf(issue.code, issue.message),
			...(limit === null ? {} : { limit }),
			...allowedAmong(issue.code === "invalid_value" ? issue.values : []),
		};
	});
	const more = issues.length - named.length;
	return more === 0 ? named : [...named, { code: "fields-left-out", count: more }];
}

/** `code` and `message` of an issue. */
export function ruleOf(code: string, message: string | undefined): FieldRule {
	return ownRules.find((rule) => rule === message) ?? zodRules.find((rule) => rule === code) ?? "not-allowed";
}

const mostAllowed = 24;

/** Countries are more than anybody reads in one sentence. */
export function allowedAmong(values: unknown): { readonly allowed?: readonly string[] } {
	if (!Array.isArray(values) || values.length === 0 || values.length > mostAllowed) return {};
	return { allowed: values.map(String) };
}

function limitOf(issue: z.core.$ZodIssue): number | null {
	if (issue.code === "too_big") return Number(issue.maximum);
	return issue.code === "too_small" ? Number(issue.minimum) : null;
}
