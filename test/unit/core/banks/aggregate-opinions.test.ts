import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { aggregateOpinions, type BankTrust } from "../../../../services/core/banks/aggregate-opinions.ts";
import {
	type EntryStanding,
	type Opinion,
	type OpinionKind,
	opinionKinds,
} from "../../../../services/core/banks/bank.ts";

const now = Date.UTC(2026, 10, 25);
const ordinary: BankTrust = { trusted: false, sources: ["a", "b"] };
const trusted: BankTrust = { trusted: true, sources: [] };

const says = (source: string, kind: OpinionKind): Opinion => ({ source, kind });
const standing = (opinions: readonly Opinion[], bank: BankTrust) => aggregateOpinions(opinions, bank, now).standing;

describe("what sources say of an entry", () => {
	const standings: readonly [string, BankTrust, readonly Opinion[], EntryStanding][] = [
		["one source in an ordinary bank", ordinary, [says("a", "positive")], "probable"],
		["two sources that the bank names", ordinary, [says("a", "positive"), says("b", "positive")], "confirmed"],
		[
			"one that it names and one that it does not",
			ordinary,
			[says("a", "positive"), says("x", "positive")],
			"confirmed",
		],
		["two that it does not name", ordinary, [says("x", "positive"), says("y", "positive")], "probable"],
		[
			"one that it does not name, and our own people",
			ordinary,
			[says("x", "positive"), says("here", "positive")],
			"confirmed",
		],
		["our own people alone", ordinary, [says("here", "positive")], "probable"],
		["one source in a trusted bank", trusted, [says("x", "positive")], "confirmed"],
		["one for and one against, whoever that is", trusted, [says("a", "positive"), says("x", "negative")], "disputed"],
		[
			"two for, and our own people against",
			ordinary,
			[says("a", "positive"), says("b", "positive"), says("here", "negative")],
			"cleared",
		],
		[
			"two for, and our own people in doubt",
			ordinary,
			[says("a", "positive"), says("b", "positive"), says("here", "investigate")],
			"disputed",
		],
		["only a request to investigate", trusted, [says("a", "investigate")], "probable"],
		["only against", trusted, [says("a", "negative")], "cleared"],
		["withdrawn", trusted, [says("a", "withdrawn")], "cleared"],
	];
	test.each(standings)("%s", (_what, bank, opinions, expected) => expect(standing(opinions, bank)).toBe(expected));
});

const name = fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => !["a", "b", "here"].includes(one));
const kind = fc.constantFrom(...opinionKinds);

test("however many names nobody gave the bank speak for an entry, they do not confirm it", () => {
	const opinions = fc.uniqueArray(fc.record({ source: name, kind }), { selector: ({ source }) => source });
	fc.assert(fc.property(opinions, (said) => expect(standing(said, ordinary)).not.toBe("confirmed")));
});

test("one more word against an entry never makes it surer", () => {
	const order: readonly EntryStanding[] = ["cleared", "disputed", "probable", "confirmed"];
	const source = fc.oneof(name, fc.constantFrom("a", "b", "here"));
	const opinions = fc.uniqueArray(fc.record({ source, kind }), { selector: (one) => one.source });
	const against = fc.constantFrom(says("new", "negative"), says("new", "withdrawn"));
	fc.assert(
		fc.property(opinions, against, fc.boolean(), (said, more, isTrusted) => {
			const bank = { ...ordinary, trusted: isTrusted };
			const others = said.filter((one) => one.source !== "new");
			expect(order.indexOf(standing([...others, more], bank))).toBeLessThanOrEqual(
				order.indexOf(standing(others, bank)),
			);
		}),
	);
});
