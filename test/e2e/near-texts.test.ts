// Known texts and copies of them that somebody has edited, as a platform posts them: intake, stream, detector, banks and record together
// on the embedded profile. Which edits are found at all is measured by `npm run bench:texts`.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { HashType } from "../../services/core/hashes/hash-type.ts";
import { simhashText } from "../../services/core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { BankId } from "../../services/core/ids.ts";
import type { CaseDetail } from "../../services/core/ports/case-store.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 30_000 };
const knownText =
	"The harbor office opens at seven every morning except on Sundays, and boats that stay overnight must show their papers there before noon. " +
	"Water and electricity are paid by the day; the showers behind the workshop are free for everybody who has a berth.";
const editedText = knownText.replace("seven", "eight");
const retypedText = knownText.toUpperCase().replaceAll(",", " –");
const unrelatedText =
	"Our choir meets on the first Tuesday of the month in the old school, where new voices are welcome whether or not they have read a score before. " +
	"Bring something to drink and a pencil; chairs are there already, and the piano was tuned again only last week.";
let system: TestSystem;
let bank: BankId;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	bank = await system.createBank({ name: "near-texts" });
	await addEntry("text-simhash", simhashText(knownText));
	await eventually(async () => expect(await caseOf(await settle(knownText))).not.toBeNull(), patience);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

/** Held positive by a bank that is trusted: the strongest that an entry can be. */
async function addEntry(hashType: HashType, hash: Uint8Array | null): Promise<void> {
	if (hash === null) throw new Error("the text is long enough for a hash");
	const opinion = { source: "test", kind: "positive" } as const;
	const entry = { hashType, hash, quality: null, opinion, externalId: null, note: null };
	await system.parts.stores.banks.addEntries(bank, [entry], "test");
}

const settle = (text: string) => settlePost(system, text);

async function caseOf(subject: string): Promise<CaseDetail | null> {
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	return found === undefined ? null : cases.find(found.id);
}

/** What reviewers read of the post's matches, and whether it is visible. */
async function readCase(subject: string) {
	const detail = await caseOf(subject);
	const item = detail?.items.find((one) => one.subject === subject);
	const matches = matchesOf(item?.signals ?? []);
	return { tier: detail?.tier, state: item?.state, matches };
}

const ordersFor = (subject: string) =>
	[...system.sample.orders.values()].filter(({ order }) => order.subject === subject);

describe("a text that resembles a known one goes to people and stays visible until they decide", () => {
	test.each([
		["with a word replaced", editedText, true],
		["in capitals and with other punctuation, at no distance at all", retypedText, false],
	])("%s", async (_how, text, isDistant) => {
		const subject = await settle(text);
		const { tier, state, matches } = await readCase(subject);
		expect({ tier, state }).toEqual({ tier: "K3", state: "live" });
		expect(matches).toMatchObject([
			{
				hashType: "text-simhash",
				bankName: "near-texts",
				standing: "confirmed",
				tightRadiusBits: 10,
				wideRadiusBits: 31,
			},
		]);
		expect((matches[0]?.distanceBits ?? 0) > 0).toBe(isDistant);
		expect(matches[0]?.distanceBits).toBeLessThanOrEqual(31);
		expect(ordersFor(subject)).toEqual([]);
	});
});

test("copies of one edited text are one case; another edit is another case, so that nobody decides on a text that they have not read", async () => {
	const [first, again, other] = await Promise.all(
		[editedText, editedText, knownText.replace("free", "closed")].map(async (text) => caseOf(await settle(text))),
	);
	expect(again?.id).toBe(first?.id);
	expect(other?.id).not.toBe(first?.id);
	expect(other?.items).toHaveLength(1);
});

test("a text of the same length about something else is settled without a case", async () => {
	expect(Math.abs(unrelatedText.length - knownText.length)).toBeLessThan(knownText.length / 10);
	const subject = await settle(unrelatedText);
	expect(await caseOf(subject)).toBeNull();
	expect(ordersFor(subject)).toEqual([]);
});

test("where the text itself is known, too, its case names both matches and only the same text is withheld", async () => {
	await addEntry("text", hashText(knownText));
	const exact = await eventually(async () => {
		const subject = await settle(knownText);
		expect((await readCase(subject)).tier).toBe("K1");
		return subject;
	}, patience);
	await eventually(() => expect(ordersFor(exact)).toHaveLength(1), patience);
	const { matches } = await readCase(exact);
	expect(matches.map(({ hashType, distanceBits }) => [hashType, distanceBits])).toEqual([
		["text", 0],
		["text-simhash", 0],
	]);
	const edited = await settle(editedText);
	expect(await readCase(edited)).toMatchObject({ tier: "K3", state: "live", matches: [{ hashType: "text-simhash" }] });
	expect(ordersFor(edited)).toEqual([]);
});

test("an entry in quarantine counts the cases of every wording that resembles it", async () => {
	const { entryWatch } = system.parts.stores;
	const wordings = [editedText, knownText.replace("free", "warm")];
	const [matched] = await Promise.all(wordings.map(async (text) => (await readCase(await settle(text))).matches[0]));
	if (matched === undefined) throw new Error("it matches");
	await entryWatch.quarantine(
		matched.entryId,
		{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
		new Date(),
	);
	const [listed] = await entryWatch.listQuarantined(new Date(), 10);
	expect(listed?.openCases).toBeGreaterThanOrEqual(wordings.length);
	expect((await readCase(await settle(editedText))).tier).toBe("K3");
});

test("once its entry is removed, copies that follow are settled without a case", async () => {
	const entry = (await readCase(await settle(editedText))).matches[0]?.entryId;
	if (entry === undefined) throw new Error("it matches until its entry is removed");
	expect(await system.parts.stores.banks.removeEntry(entry, "test")).toBe(true);
	await eventually(async () => expect(await caseOf(await settle(editedText))).toBeNull(), patience);
});
