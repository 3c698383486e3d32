// What a hash prefix found, settled by the whole hash. The keeper is asked over nothing here; test/integration/links has a real one.
import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import type { FullHashes } from "../../../services/core/ports/link-source.ts";
import { createSettlePrefixes } from "../../../services/detector/settle-prefixes.ts";
import { newMatch } from "../../support/bank-fixtures.ts";

const listed = "23a9106d".padEnd(64, "0");
const other = "23a9106d".padEnd(64, "1");

function keeping(answer: FullHashes | "never" = { kind: "known", hashes: new Set([listed]), lifetimeMs: 60_000 }) {
	const asked: string[] = [];
	let nowMs = 0;
	const settle = createSettlePrefixes(
		{
			has: (bank) => bank === "links",
			ask(bank, prefix) {
				asked.push(`${bank} ${prefix}`);
				return answer === "never" ? new Promise(() => undefined) : Promise.resolve(answer);
			},
		},
		{ now: () => nowMs },
	);
	return { settle, asked, pass: (ms: number) => (nowMs += ms) };
}

const found = (linkHashes: readonly string[], bankName = "links"): Match => ({
	...newMatch({ distanceBits: 0 }),
	...{ hashType: "link-prefix", bankName, linkHashes },
});

test("the same hash is a match, and known as a whole; no verdict is told the hash", async () => {
	const { matches, failure } = await keeping().settle([found([other, listed])]);
	expect(matches).toMatchObject([{ isWholeHash: true }]);
	expect([failure, matches[0]?.linkHashes]).toEqual([null, undefined]);
});

test("another hash is none", async () =>
	expect(await keeping().settle([found([other])])).toEqual({ matches: [], failure: null }));

test("of a bank without a keeper the prefix stands, as before", async () => {
	const { matches, failure } = await keeping().settle([found([other], "others")]);
	expect([matches.length, matches[0]?.isWholeHash, matches[0]?.linkHashes, failure]).toEqual([
		1,
		undefined,
		undefined,
		null,
	]);
});

test("what is not answered soon is not known: it stays a match, and is said to be unavailable", async () => {
	for (const answer of ["never", { kind: "unavailable", reason: "fetch-timeout" }] as const)
		expect(await keeping(answer).settle([found([other])])).toMatchObject({
			...{ matches: [{ hashType: "link-prefix" }], failure: "fetch-timeout" },
		});
});

test("of several links one that is listed is enough, whatever the others are", async () => {
	const { matches } = await keeping().settle([found([other, other, listed]), found([other])]);
	expect(matches).toHaveLength(1);
});

describe("an answer is kept", () => {
	test("as long as the keeper says", async () => {
		const { settle, asked, pass } = keeping();
		await Promise.all([settle([found([other])]), settle([found([listed])])]);
		pass(59_000);
		await settle([found([other])]);
		expect(asked).toEqual(["links 23a9106d"]);
		pass(1_000);
		await settle([found([other])]);
		expect(asked).toHaveLength(2);
	});

	test("for a moment where there was none, so that nobody is asked all the time who does not answer", async () => {
		const { settle, asked, pass } = keeping({ kind: "unavailable", reason: "host-failed" });
		await settle([found([other])]);
		pass(29_000);
		await settle([found([other])]);
		expect(asked).toHaveLength(1);
		pass(1_000);
		await settle([found([other])]);
		expect(asked).toHaveLength(2);
	});
});
