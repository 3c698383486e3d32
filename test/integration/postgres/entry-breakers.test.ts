// The kill switch of one entry, in the record and in a matcher that follows it: what is stopped stays stopped, however its hash comes back.

import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { divertVerdict, scopeText } from "../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { hashSignals } from "../../../services/core/signals/media-signals.ts";
import { hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
beforeEach(async () => {
	await record?.[Symbol.asyncDispose]();
	record = await openTestRecord();
	stores = createStores(record.database);
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const picture = hashesOf("a picture");
const opinion = { source: "list", kind: "positive" } as const;
const entry = {
	hashType: "sha256",
	hash: picture.sha256,
	quality: null,
	opinion,
	externalId: null,
	note: null,
} as const;

async function newKnown() {
	const { id: _id, ...settings } = newBank({});
	const bank = await stores.banks.create(settings, "an");
	const add = () => stores.banks.addEntries(bank.id, [entry], "an");
	await add();
	const find = async () => {
		const [found] = await stores.banks.findEntries(bank.id, { after: null, limit: 1 });
		if (found === undefined) throw new Error("there is an entry");
		return found.id;
	};
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	let sequence = 0;
	const action = async () => {
		for (const change of await stores.banks.changesSince(sequence, 10_000)) {
			matcher.apply(change);
			sequence = change.sequence;
		}
		const open = new Set((await stores.breakers.listOpen()).map(scopeText));
		const verdict = decideVerdict(hashSignals(picture, matcher.match(picture), "test"), "public", defaultPolicy);
		return divertVerdict(verdict, platformId.parse(uuidv7(0)), (scope) => open.has(scopeText(scope))).action;
	};
	return { bank, add, find, action, sequence: () => sequence };
}

const stop = (key: string) => stores.breakers.open({ kind: "entry", key, by: "an", reason: "a logo" });

describe("an entry that a person has stopped stays stopped", () => {
	test("removed and added anew", async () => {
		const { add, find, action } = await newKnown();
		expect(await action()).toBe("withhold");
		expect(await stop(await find())).toBe(true);
		expect(await action()).toBe("review");
		await stores.banks.removeEntry(await find(), "an");
		expect(await action()).toBe("none");
		await add();
		expect(await action()).toBe("review");
		// Said once more, by another source, it is the same entry.
		await add();
		expect(await action()).toBe("review");
	});

	test("brought back with its bank", async () => {
		const { bank, find, action, sequence } = await newKnown();
		await action();
		const before = sequence();
		await stop(await find());
		await stores.banks.removeEntry(await find(), "an");
		await stores.banks.revert(bank.name, before, "an");
		expect(await action()).toBe("review");
	});

	test("until the switch is closed; then what is added anew is an entry like any other", async () => {
		const { add, find, action } = await newKnown();
		const key = await find();
		await stop(key);
		await stores.banks.removeEntry(key, "an");
		expect(await stores.breakers.close({ kind: "entry", key }, "an", "looked at it")).toBe(true);
		await add();
		expect(await find()).not.toBe(key);
		expect(await action()).toBe("withhold");
	});
});

test("what is no entry cannot be stopped, and is not said to be stopped", async () => {
	await expect(stop(uuidv7(0))).rejects.toMatchObject({ code: "not-found" });
});

test("a switch that was open before hangs on its hash as well, even where the entry has come back under another id", async () => {
	const { add, find, action } = await newKnown();
	const former = await find();
	await stores.banks.removeEntry(former, "an");
	await add();
	const { database } = record;
	await database.rows(sql`DROP INDEX breakers_of_entries`);
	await database.rows(sql`ALTER TABLE breakers DROP COLUMN bank_id, DROP COLUMN hash_type, DROP COLUMN hash`);
	await database.rows(sql`DELETE FROM migrations WHERE name = '0033-entry-breakers.sql'`);
	await database.rows(
		sql`INSERT INTO breakers (kind, key, opened_by, reason) VALUES ('entry', ${former}, 'an', 'a logo')`,
	);
	expect(await migrate(database)).toEqual(["0033-entry-breakers.sql"]);
	expect((await stores.breakers.listOpen()).map(({ key }) => key)).toEqual([await find()]);
	await stores.banks.removeEntry(await find(), "an");
	await add();
	expect(await action()).toBe("review");
});

test("nobody speaks for our own people in bulk: what somebody cleared stays cleared", async () => {
	const { bank, find, action } = await newKnown();
	await stores.entryWatch.judge(await find(), "clear", { by: "an", why: "a logo", at: new Date() });
	const own = { ...entry, opinion: { source: "here", kind: "positive" } } as const;
	await expect(stores.banks.addEntries(bank.id, [own], "an")).rejects.toMatchObject({ code: "rule-broken" });
	expect(await action()).toBe("none");
});

test.each([1e-308, 1e-7, Number.MIN_VALUE])(
	"a share of %p, which the record cannot tell from none, is refused",
	async (enabledRatio) => {
		const { bank } = await newKnown();
		await expect(stores.banks.update(bank.id, { enabledRatio }, "an")).rejects.toMatchObject({
			code: "rule-broken",
			reasons: [expect.objectContaining({ field: "enabledRatio" })],
		});
		expect((await stores.banks.update(bank.id, { enabledRatio: 1e-6 }, "an")).enabledRatio).toBe(1e-6);
	},
);
