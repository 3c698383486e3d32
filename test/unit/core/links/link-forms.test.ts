import { describe, expect, test } from "@jest/globals";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { hashLink } from "../../../../services/core/hashes/link/link-hash.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { newBank, newEntry } from "../../../support/bank-fixtures.ts";

const hashOf = (address: string): Uint8Array => {
	const hash = hashLink(address);
	if (typeof hash === "string") throw new Error(hash);
	return hash;
};

function listing(addresses: readonly string[], { kind = "known" as "known" | "exempt", prefix = false } = {}) {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	const until = { owner: "people", expiresAt: "2100-01-01T00:00:00.000Z" };
	const bank = newBank({ kind, trusted: true, ...(kind === "exempt" ? until : {}) });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const address of addresses) {
		const hash = hashOf(address);
		const listed = prefix
			? ({ hashType: "link-prefix", hash: hash.subarray(0, 4) } as const)
			: ({ hashType: "link", hash } as const);
		matcher.apply({ sequence: 2, kind: "entry", entry: newEntry(bank.id, listed) });
	}
	return (text: string) => matcher.matchText(text);
}

const forms = (match: ReturnType<typeof listing>, text: string) => match(text).map(({ transform }) => transform);

describe("a link is found by what of it is listed", () => {
	test.each([
		["its domain", "bad.example", "https://www.bad.example/a/b?c=1", "linkDomain"],
		["its domain, of any host", "bad.example", "https://x.y.bad.example/", "linkDomain"],
		["its host", "x.bad.example", "https://x.bad.example/a", "linkHost"],
		["a path above it", "https://bad.example/a", "https://bad.example/a/b/c", "linkPath"],
		["its path, whatever it asks for", "https://bad.example/a/b", "https://bad.example/a/b?c=1", "linkPath"],
		["itself", "https://bad.example/a?b=1&c=2", "hxxp://www.bad[.]example/a/?c=2&b=1&utm_source=x#top", "linkAddress"],
		[
			"where a redirector leads",
			"https://bad.example/a",
			"https://r.example/?u=https%3A%2F%2Fbad.example%2Fa",
			"linkAddress",
		],
		["its address of numbers", "192.0.2.7", "http://192.0.2.7/x", "linkDomain"],
	])("%s", (_, listed, text, form) => expect(forms(listing([listed]), `look: ${text}`)).toEqual([form]));
});

test.each([
	["another domain that ends alike", "bad.example", "https://notbad.example/"],
	["its domain, where a host of it is listed", "x.bad.example", "https://bad.example/"],
	["another path that begins alike", "https://bad.example/a", "https://bad.example/ab"],
	["other people's pages under one suffix", "one.github.io", "https://two.github.io/"],
])("%s is not", (_, listed, text) => expect(forms(listing([listed]), text)).toEqual([]));

test("a prefix of four bytes finds the link as well, and a list may hold both", () => {
	expect(
		listing(["https://bad.example/a"], { prefix: true })("https://bad.example/a").map(({ hashType }) => hashType),
	).toEqual(["link-prefix"]);
});

test.each(["com", "co.uk", "github.io", "words", "", "mailto:someone@mail.example"])("%j is no entry", (address) =>
	expect(typeof hashLink(address)).toBe("string"),
);

test("a listed link asks people, and never more, however sure its entry; a prefix says that it is only that", () => {
	const verdict = (prefix: boolean) => {
		const matches = listing(["bad.example"], { prefix })("https://bad.example/");
		const { tier, action, grounds } = decideVerdict(
			matches.map((match) => matchedSignal("text", "1", match)),
			"public",
			defaultPolicy,
		);
		return { tier, action, reasons: grounds[0]?.reasons };
	};
	expect(verdict(false)).toEqual({ tier: "T", action: "review", reasons: ["link-asks-people"] });
	expect(verdict(true)).toEqual({ tier: "T", action: "review", reasons: ["link-asks-people", "prefix-only"] });
});

test("a harmless link lets nothing pass", () => {
	const matches = listing(["good.example"], { kind: "exempt" })("https://good.example/");
	const { grounds } = decideVerdict(
		matches.map((match) => matchedSignal("text", "1", match)),
		"public",
		defaultPolicy,
	);
	expect(grounds.map(({ reasons }) => reasons)).toEqual([["too-weak-to-exempt"]]);
});
