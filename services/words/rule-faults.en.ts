import type { RuleFaultWords } from "./rule-faults.ts";

export const ruleFaults: RuleFaultWords = {
	"not-an-expression": ({ name = "" }) => `not an expression: ${name}`,
	"no-such-fact": ({ name = "", near }) =>
		`there is no fact ${name}${near === undefined ? " in the list of facts" : `; is it ${near}?`}`,
	"wrong-types": ({ name = "" }) => name,
	"not-true-or-false": ({ name = "" }) => `it is of type ${name}, and must be true or false`,
	"call-not-allowed": ({ name = "" }) =>
		`${name} may not be called in a rule: nothing bounds what it costs, or it makes no sense of facts`,
	"too-costly": ({ units, budget }) =>
		units === null || units === undefined
			? "nothing bounds what it may cost"
			: `it may cost ${units} units, and ${budget} are allowed: ask of fewer lists within lists`,
	"withholds-the-unknown": () =>
		"it withholds, and could hold without a known match: ask for one, such as known.count > 0 && (…)",
	"model-alone": () => "it could hold on a model's word alone, and then may ask people (review) and nothing more",
	"reads-nothing": () => "it reads no fact: it would hold of everything, or of nothing",
};
