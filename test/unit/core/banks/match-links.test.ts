// Where links of lists stand in texts, by way of the banks in memory. The addresses are placeholders.
import { describe, expect, test } from "@jest/globals";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { hashLink } from "../../../../services/core/hashes/link/link-hash.ts";
import { newBank, newEntry } from "../../../support/bank-fixtures.ts";

function hashOf(address: string): Uint8Array {
	const hash = hashLink(address);
	if (!(hash instanceof Uint8Array)) throw new Error(JSON.stringify(hash));
	return hash;
}

function listing(...addresses: readonly string[]) {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	const bank = newBank({ trusted: true });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const address of addresses)
		matcher.apply({
			sequence: 2,
			kind: "entry",
			entry: newEntry(bank.id, { hashType: "link", hash: hashOf(address) }),
		});
	return matcher;
}

const shown = (text: string, ...addresses: readonly string[]) =>
	listing(...addresses)
		.matchText(text)
		.map(({ places = [] }) => places.map(({ from, to }) => text.slice(from, to)));

describe("people are shown where a listed link stands, as it came", () => {
	test.each([
		[
			"with its scheme",
			"look: https://www.listed.example/a?utm_source=x !",
			"https://www.listed.example/a?utm_source=x",
		],
		["bare", "look at listed.example/a, it is new", "listed.example/a,"],
		["written so that nobody opens it", "hxxps://listed[.]example/a is new", "hxxps://listed[.]example/a"],
		["in markdown", "see [my page](https://listed.example/a) here", "page](https://listed.example/a)"],
		["in markup", 'see <a href="https://listed.example/a">this</a>', 'href="https://listed.example/a">this</a>'],
		[
			"within a redirector's address",
			"go https://other.example/?to=https%3A%2F%2Flisted.example%2Fa",
			"https://other.example/?to=https%3A%2F%2Flisted.example%2Fa",
		],
		["far on in a long text", `${"word ".repeat(5_000)}listed.example/a`, "listed.example/a"],
	])("%s", (_, text, place) => expect(shown(text, "listed.example")).toEqual([[place]]));

	test("each time, but no more than eight times", () =>
		expect(shown("listed.example/a ".repeat(20), "listed.example")).toEqual([new Array(8).fill("listed.example/a")]));

	test("of several links each with the entry that it leads to", () =>
		expect(shown("one.example/a and two.example/b", "one.example", "two.example")).toEqual([
			["one.example/a"],
			["two.example/b"],
		]));
});

test("a text of nothing but links is gone through in bounded time", () => {
	const text = Array.from({ length: 4_000 }, (_, at) => `https://place-${at}.example/${at}`).join(" ");
	const [match] = listing("place-7.example").matchText(text);
	expect(match?.places).toHaveLength(1);
});
