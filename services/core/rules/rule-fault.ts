// Why a rule is refused: a code, the place in its expression, and what whoever wrote it needs to mend it.

export const ruleFaultCodes = [
	/** It is not CEL. */
	"not-an-expression",
	/** There is no such fact; `near` may be what was meant. */
	"no-such-fact",
	"wrong-types",
	"not-true-or-false",
	/** A function that rules may not call; `name` says which. */
	"call-not-allowed",
	/** `units` beyond `budget`, or without bound where `units` is null. */
	"too-costly",
	/** It withholds, and could hold without a known match. */
	"withholds-the-unknown",
	/** It does more than ask people, and could hold on a model's word alone. */
	"model-alone",
	"reads-nothing",
] as const;
export type RuleFaultCode = (typeof ruleFaultCodes)[number];

export interface RuleFault {
	readonly code: RuleFaultCode;
	/** From 1; where in the expression. */
	readonly line: number;
	readonly column: number;
	/** Names and types in the expression's own words, where there are any. */
	readonly name?: string;
	readonly near?: string;
	readonly units?: number | null;
	readonly budget?: number;
}

export function placeOf(text: string, offset: number): Pick<RuleFault, "line" | "column"> {
	const before = text.slice(0, offset).split("\n");
	return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
