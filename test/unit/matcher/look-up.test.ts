// The matcher's look-ups and the detector's verdicts, over the same banks: what one counts the other answers. Contents are numbered as the
// entries are; the record is not asked.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BankEntry, BankSettings, MediaHashes } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { type EntryId, entryId, type PlatformId } from "../../../services/core/ids.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { createPolicies, initialPolicies, initialSet, type Policies } from "../../../services/core/policy/policy.ts";
import { shortenVerdict } from "../../../services/core/policy/shorten-verdict.ts";
import { contentOn } from "../../../services/core/ports/bank-content-store.ts";
import { hashSignals } from "../../../services/core/signals/media-signals.ts";
import { type Surface, surfaces } from "../../../services/core/wire/item-event.ts";
import { createLookUp } from "../../../services/matcher/look-up.ts";
import { findSignalType } from "../../../services/matcher/signal-type.ts";
import { digest, hashesOf, newBank, newEntry, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { anySet, platforms } from "../../support/policies.ts";

const nowMs = Date.UTC(2026, 10, 28);
const pdq = digest("a pdq");
const md5 = digest("a file", "md5");
/** A picture of the best quality, as all entries here: a look-up is not told what quality a policy asks for. */
const asPicture: MediaHashes = { ...hashesOf("picture"), pdq: { hash: pdq, quality: 100, dihedral: [pdq] } };
const asFile: MediaHashes = { ...hashesOf("file"), md5, pdq: null };

interface Held {
	readonly bank: BankSettings;
	readonly entries: readonly BankEntry[];
}

const clock = { now: () => nowMs };
/** One for all: making its index takes longer than asking it. */
const matcher = createBankMatcher({ clock });

interface Asked {
	readonly policies: Policies;
	readonly platform: PlatformId | null;
	readonly surface: Surface;
}
const anywhere: Asked = { policies: initialPolicies, platform: null, surface: "public" };

async function askBoth(banks: readonly Held[], hashes: MediaHashes, { policies, platform, surface }: Asked = anywhere) {
	for (const { bank, entries } of banks) {
		matcher.apply({ sequence: 1, kind: "bank", bank });
		for (const entry of entries) matcher.apply({ sequence: 2, kind: "entry", entry });
	}
	const numbers = new Map(banks.flatMap(({ entries }) => entries).map(({ id }, at) => [id, at]));
	const numberOf = (id: EntryId) => numbers.get(id) ?? -1;
	const lookUp = createLookUp({
		matcher: () => ({ lookUp: async (...query) => matcher.lookUp(...query) }),
		directory: {
			holding: async (entries) =>
				entries.map(({ id }) => [{ id: numberOf(id), source: null, disableUntilTs: contentOn }]),
		},
		clock,
		policies,
	});
	const [type, signal] = hashes.pdq === null ? ["video_md5", hashes.md5] : ["pdq", hashes.pdq.hash];
	const answer = await lookUp.answering(findSignalType(type as string), toHex(signal as Uint8Array), {
		banks: null,
		seed: undefined,
		...{ everyBank: false, platform, surface, country: null },
	});
	const matches = matcher.match(hashes);
	for (const { bank } of banks) matcher.apply({ sequence: 3, kind: "bank-removed", bankId: bank.id });
	while (matcher.maintain());
	const policy = policies.of(platform, surface, null);
	const full = decideVerdict(hashSignals(hashes, matches, "1"), surface, policy);
	const { verdict } = shortenVerdict(full, { policy, isOpen: () => false });
	return {
		verdict,
		answered: Object.values(answer.matches)
			.flat()
			.map(({ bank_content_id }) => bank_content_id)
			.toSorted((a, b) => a - b),
		withheldOn: verdict.withheldOn.map(numberOf),
	};
}

const opinions = (...said: readonly (readonly [string, "positive" | "negative" | "investigate"])[]) =>
	said.map(([source, kind]) => ({ source, kind }));
const sure = opinions(["a", "positive"], ["b", "positive"]);

describe("a look-up and a verdict", () => {
	test("agree on a confirmed entry beside an exemption of one source, 25 bits away: it is withheld, and it is answered", async () => {
		const known = newBank({ name: "known", trusted: false, sources: ["a", "b"] });
		const exempt = newBank({ name: "exempt", kind: "exempt", trusted: false });
		const { verdict, answered } = await askBoth(
			[
				{ bank: known, entries: [newEntry(known.id, { hashType: "pdq", hash: pdq, quality: 90, opinions: sure })] },
				{ bank: exempt, entries: [newEntry(exempt.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 25) })] },
			],
			asPicture,
		);
		expect([verdict.tier, verdict.action]).toEqual(["K2", "withhold"]);
		expect(answered).toEqual([0]);
	});

	test("follow what one platform has otherwise on one surface: there a near exemption lets nothing pass, and elsewhere it does", async () => {
		const [forum = null, other = null] = platforms;
		const policies = createPolicies(
			{
				...initialSet,
				overrides: [{ platform: forum, surface: "group", settings: { nearTiers: { picture: "K3" } } }],
			},
			3,
		);
		const known = newBank({ name: "known", trusted: false, sources: ["a", "b"] });
		const exempt = newBank({ name: "exempt", kind: "exempt", trusted: true });
		const banks = [
			{ bank: known, entries: [newEntry(known.id, { hashType: "pdq", hash: pdq, quality: 90, opinions: sure })] },
			{
				bank: exempt,
				entries: [newEntry(exempt.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 4), quality: 90, opinions: sure })],
			},
		];
		const ask = async (at: Omit<Asked, "policies">) => {
			const { verdict, answered } = await askBoth(banks, asPicture, { policies, ...at });
			return { tier: verdict.tier, answered };
		};
		expect(await ask({ platform: forum, surface: "group" })).toEqual({ tier: "K3", answered: [0] });
		expect(await ask({ platform: forum, surface: "public" })).toEqual({ tier: "none", answered: [] });
		expect(await ask({ platform: other, surface: "group" })).toEqual({ tier: "none", answered: [] });
	});

	test("agree over any banks: what a verdict rests on is answered, and what it lets pass is not", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(held, { minLength: 1, maxLength: 5 }),
				fc.boolean(),
				at,
				async (drawn, isPicture, at) => {
					const { verdict, answered, withheldOn } = await askBoth(drawn, isPicture ? asPicture : asFile, at);
					expect(answered.length > 0).toBe(verdict.tier !== "none");
					expect(answered).toEqual(expect.arrayContaining(withheldOn));
				},
			),
			{ numRuns: 1_000 },
		);
	});
});

const at: fc.Arbitrary<Asked> = fc.record({
	policies: anySet.map((set) => createPolicies(set, 3)),
	platform: fc.constantFrom(null, ...platforms),
	surface: fc.constantFrom(...surfaces),
});
const standing = fc.constantFrom(
	sure,
	opinions(["a", "positive"]),
	opinions(["here", "positive"]),
	opinions(["a", "positive"], ["b", "negative"]),
	opinions(["a", "negative"]),
	opinions(["a", "investigate"]),
);
const entry = fc.record({
	isExact: fc.boolean(),
	bits: fc.integer({ min: 0, max: 32 }),
	opinions: standing,
	isQuarantined: fc.boolean(),
	number: fc.integer({ min: 1, max: 2 ** 40 }),
});
const settings = fc.record({
	kind: fc.constantFrom("known" as const, "exempt" as const),
	trusted: fc.boolean(),
	enabled: fc.boolean(),
	shadow: fc.boolean(),
	// The two toss other coins: a look-up has no file to go by.
	enabledRatio: fc.constantFrom(0, 1),
	tightRadiusBits: fc.integer({ min: 0, max: 31 }),
	wideRadiusBits: fc.integer({ min: 0, max: 31 }),
	sources: fc.constantFrom<string[]>([], ["a", "b"]),
	expiresAt: fc.constantFrom(null, new Date(nowMs).toISOString(), new Date(nowMs + 1).toISOString()),
});
const held: fc.Arbitrary<Held> = fc
	.tuple(settings, fc.array(entry, { minLength: 1, maxLength: 3 }))
	.map(([set, drawn]) => {
		const wideRadiusBits = Math.max(set.tightRadiusBits, set.wideRadiusBits);
		const bank = newBank({ ...set, wideRadiusBits });
		const entries = drawn.map(({ isExact, bits, opinions, isQuarantined, number }) =>
			newEntry(bank.id, {
				id: entryId.parse(`00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`),
				...(isExact
					? { hashType: "md5" as const, hash: md5 }
					: { hashType: "pdq" as const, hash: withBitsFlipped(pdq, bits), quality: 100 }),
				opinions,
				isQuarantined,
			}),
		);
		return { bank, entries };
	});
