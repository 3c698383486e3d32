// Quarantine from end to end of the record: verdicts are counted, a surge is noticed, matchers hear of it, a person ends it.
// Asserted against PostgreSQL with an injected clock for the watch; the record's own time is the wall clock.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { defaultSurgeRule, slotMs } from "../../../services/core/banks/entry-surge.ts";
import type { EntryId, PlatformId } from "../../../services/core/ids.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { hashSignals } from "../../../services/core/signals/media-signals.ts";
import { watchEntries } from "../../../services/detector/watch-entries.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { sentence } from "../../../services/words/statement.ts";
import { english } from "../../../services/words/statements.en.ts";
import { hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { newItem } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: PlatformId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = (await stores.platforms.create({ name: "forum", source: "//forum", webhook: null, mediaHosts: [] })).id;
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const clock = { now: () => Date.now() };

/** An entry that a machine withholds on, and a matcher that follows it. */
async function newKnown(name: string) {
	const { id: _id, ...settings } = newBank({ name });
	const bank = await stores.banks.create(settings, "an");
	const { sha256 } = hashesOf(name);
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "sha256", hash: sha256, quality: null, opinion, externalId: null, note: null } as const;
	await stores.banks.addEntries(bank.id, [entry], "an");
	const [found] = await stores.banks.findEntries(bank.id, { after: null, limit: 1 });
	if (found === undefined) throw new Error("there is an entry");
	const matcher = createBankMatcher({ clock });
	let sequence = 0;
	const verdict = async () => {
		for (const change of await stores.banks.changesSince(sequence, 10_000)) {
			matcher.apply(change);
			sequence = change.sequence;
		}
		return decideVerdict(hashSignals(hashesOf(name), matcher.match(hashesOf(name)), "test"), "public", defaultPolicy);
	};
	return { entryId: found.id, bankId: bank.id, verdict };
}

async function settle(known: Awaited<ReturnType<typeof newKnown>>, items: number, accounts: number) {
	const verdict = await known.verdict();
	await stores.verdicts.record(
		Array.from({ length: items }, (_, index) =>
			newItem(platform, "//forum", {
				eventId: randomUUID(),
				authorId: `author ${index % accounts}`,
				clusterKey: `entry:${known.entryId}`,
				verdict,
			}),
		),
	);
	return verdict;
}

async function watchOnce(verdict: Parameters<ReturnType<typeof watchEntries>["saw"]>[0]) {
	const quarantined: EntryId[] = [];
	const events = { entryQuarantined: ({ entryId }: { readonly entryId: EntryId }) => quarantined.push(entryId) };
	let looks = 0;
	const entries = {
		...stores.entryWatch,
		activity: async (...args: Parameters<Stores["entryWatch"]["activity"]>) => {
			const found = await stores.entryWatch.activity(...args);
			looks += 1;
			return found;
		},
	};
	const watch = watchEntries({ signalCatalogue, entries, events, rule: defaultSurgeRule, clock, logger: silentLogger });
	watch.saw(verdict);
	await eventually(() => looks > 0, { withinMs: 10_000 });
	await watch[Symbol.asyncDispose]();
	return quarantined;
}

describe("an entry that suddenly matches much", () => {
	test("asks people instead of withholding, until a person confirms it; then it withholds and is not asked about again", async () => {
		const known = await newKnown("surge-confirmed");
		const verdict = await settle(known, 60, 40);
		expect(verdict).toMatchObject({ tier: "K1", action: "withhold" });
		expect(await watchOnce(verdict)).toEqual([known.entryId]);

		expect(await known.verdict()).toMatchObject({ tier: "K3", action: "review" });
		const [listed] = await stores.entryWatch.listQuarantined(new Date(), 10);
		expect(listed).toMatchObject({ id: known.entryId, bankName: "surge-confirmed", openCases: 1 });
		expect(listed?.reason).toMatchObject({ code: "surge", hits: 60, minutes: 20 });
		expect(await stores.entryWatch.countQuarantined()).toBe(1);

		await stores.entryWatch.judge(known.entryId, "confirm", {
			by: "an",
			why: "it is what the list says",
			at: new Date(),
		});
		expect(await known.verdict()).toMatchObject({ tier: "K1", action: "withhold" });
		expect(await stores.entryWatch.listQuarantined(new Date(), 10)).toEqual([]);
		expect(await watchOnce(await settle(known, 60, 40))).toEqual([]);
		const summaries = (await stores.banks.history("surge-confirmed", { before: null, limit: 3 })).map(
			({ by, step }) => `${by}: ${sentence(english, step)}`,
		);
		expect(summaries.slice(0, 2)).toEqual([
			"an: sha256 entry, here: positive, list: positive",
			"quarantine: sha256 entry, list: positive, in quarantine",
		]);
	});

	test("matches nothing any more once a person clears it", async () => {
		const known = await newKnown("surge-cleared");
		await watchOnce(await settle(known, 60, 40));
		await stores.entryWatch.judge(known.entryId, "clear", { by: "an", why: "a logo", at: new Date() });
		expect(await known.verdict()).toMatchObject({ tier: "none", action: "none" });
	});

	test("stays in quarantine when its bank is put back", async () => {
		const known = await newKnown("surge-reverted");
		const [before] = await stores.banks.history("surge-reverted", { before: null, limit: 1 });
		await watchOnce(await settle(known, 60, 40));
		await stores.banks.revert("surge-reverted", before?.sequence ?? 0, "an");
		expect(await known.verdict()).toMatchObject({ tier: "K3", action: "review" });
		await stores.entryWatch.judge(known.entryId, "dispute", { by: "an", why: "not sure", at: new Date() });
		expect(await known.verdict()).toMatchObject({ tier: "K3", action: "review" });
		expect(await stores.entryWatch.countQuarantined()).toBe(0);
	});

	test.each([
		["surge-again", "removed and added anew", async () => undefined],
		[
			"surge-back",
			"removed, added anew, and its bank put back to what it was",
			async (name: string, sequence: number) => void (await stores.banks.revert(name, sequence, "an")),
		],
	])("of %s stays in quarantine when it is %s", async (name, _what, andThen) => {
		const known = await newKnown(name);
		const [before] = await stores.banks.history(name, { before: null, limit: 1 });
		const entry = await stores.banks.findEntry(known.entryId);
		if (entry === null) throw new Error("there is an entry");
		const opinion = { source: "list", kind: "positive" } as const;
		const again = {
			hashType: "sha256",
			hash: entry.hash,
			quality: null,
			opinion,
			externalId: null,
			note: null,
		} as const;
		await stores.banks.removeEntry(known.entryId, "an");
		await stores.banks.addEntries(known.bankId, [again], "an");
		expect(await known.verdict()).toMatchObject({ tier: "K1" });
		const [added] = await stores.banks.findEntries(known.bankId, { after: null, limit: 1 });
		if (added === undefined) throw new Error("there is another entry");
		await stores.entryWatch.quarantine(
			added.id,
			{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
			new Date(),
		);
		await stores.banks.removeEntry(added.id, "an");
		await stores.banks.addEntries(known.bankId, [again], "an");
		await andThen(name, before?.sequence ?? 0);
		expect(await known.verdict()).toMatchObject({ tier: "K3", action: "review" });
		const quarantined = await stores.entryWatch.listQuarantined(new Date(), 10);
		const [one] = quarantined.filter(({ bankName }) => bankName === name);
		if (one === undefined) throw new Error("it is listed");
		await stores.entryWatch.judge(one.id, "confirm", { by: "an", why: "looked at", at: new Date() });
		await stores.banks.removeEntry(one.id, "an");
		await stores.banks.addEntries(known.bankId, [again], "an");
		expect(await known.verdict()).toMatchObject({ tier: "K1", action: "withhold" });
	});

	test("is left alone while few accounts post it", async () => {
		const known = await newKnown("few-accounts");
		expect(await watchOnce(await settle(known, 60, 3))).toEqual([]);
	});
});

test("matches are counted once however often a detector delivers them, and those of all detectors together", async () => {
	const known = await newKnown("counted");
	const verdict = await known.verdict();
	const items = Array.from({ length: 10 }, (_, index) =>
		newItem(platform, "//forum", { authorId: `author ${index}`, clusterKey: `entry:${known.entryId}`, verdict }),
	);
	await Promise.all([stores.verdicts.record(items), createStores(record.database).verdicts.record(items)]);
	await stores.verdicts.record(items);
	const [counted] = await stores.entryWatch.activity([known.entryId], new Date());
	expect(counted?.activity).toMatchObject({ recentHits: 10, earlierHits: 0 });
	// An estimate: two of ten accounts may share a bit.
	expect(counted?.activity.recentAccounts).toBeGreaterThan(6);
	// Half an hour later they are its past; after more than a week they are forgotten.
	const later = new Date(Date.now() + 3 * slotMs);
	const [past] = await stores.entryWatch.activity([known.entryId], later);
	expect(past?.activity).toMatchObject({ recentHits: 0, earlierHits: 10 });
	await stores.entryWatch.trim(new Date(Date.now() + 9 * 24 * 60 * 60_000));
	expect((await stores.entryWatch.activity([known.entryId], later))[0]?.activity).toMatchObject({ earlierHits: 0 });
});
