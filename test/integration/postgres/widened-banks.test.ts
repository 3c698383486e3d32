// What makes a bank of record do more than before takes two people, and what makes it do less takes one. Asserted against PostgreSQL;
// which settings those are is tested in unit/core/banks/widened-trust, who may ask in the tests of each way in.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import type { Stores } from "../../../services/adapters/postgres/stores.ts";
import type { BankSettings } from "../../../services/core/banks/bank.ts";
import type { EntryId } from "../../../services/core/ids.ts";
import type { BankDraft } from "../../../services/core/ports/bank-draft-store.ts";
import { digest, newBank } from "../../support/bank-fixtures.ts";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord();
beforeEach(async () => {
	await record.database.rows(sql`DELETE FROM users`);
	await addAccount("lead");
});

let made = 0;
function addAccount(role: "reviewer" | "lead" | "operator") {
	made += 1;
	const account = { login: `account-${made}`, displayName: "An", roles: [role], passwordHash: "x" };
	return record.stores.users.create({ ...account, isPasswordFirst: false });
}
function newSettings(settings: Partial<BankSettings> = {}) {
	made += 1;
	const { id: _id, ...base } = newBank({ name: `widened-${made}`, trusted: false, ...settings });
	return base;
}
const agreed = (settings: Partial<BankSettings> = {}) => record.stores.banks.create(newSettings(settings), "an");
const now = async ({ name }: { readonly name: string }) => {
	const bank = await record.stores.banks.findByName(name);
	if (bank === null) throw new Error("the bank is there");
	return bank;
};
const stepsOf = async ({ name }: { readonly name: string }) =>
	(await record.stores.banks.history(name, { before: null, limit: 50 })).length;
async function ask(bank: BankSettings, change: Parameters<Stores["banks"]["updateAlone"]>[1], by = "an") {
	const { waiting } = await record.stores.banks.updateAlone(bank.id, change, by);
	if (waiting === null) throw new Error("it takes effect at once");
	return waiting;
}
const accept = ({ id }: BankDraft, by: string, said = {}) => record.stores.bankDrafts.accept(id, by, said);

describe("a change of settings", () => {
	test("takes effect as far as the bank does less, and the rest waits for a second person", async () => {
		const bank = await agreed();
		const { bank: changed, waiting } = await record.stores.banks.updateAlone(
			bank.id,
			{ tightRadiusBits: 25, wideRadiusBits: 28, trusted: true, owner: "binh" },
			"an",
		);
		expect(changed).toEqual({ ...bank, wideRadiusBits: 28, owner: "binh" });
		expect(await now(bank)).toEqual(changed);
		expect(waiting).toMatchObject({
			...{ state: "open", createdBy: "an", bankName: bank.name },
			faults: [{ code: "strong-farther", from: 20, to: 25 }, { code: "becomes-trusted" }],
		});
		expect((await accept(waiting as BankDraft, "binh")).state).toBe("applied");
		expect(await now(bank)).toEqual({ ...changed, tightRadiusBits: 25, trusted: true });
		const [newest] = await record.stores.banks.history(bank.name, { before: null, limit: 1 });
		expect(newest?.by).toBe("an, binh");
	});

	test("that only takes away waits for nobody", async () => {
		const bank = await agreed({ trusted: true });
		const less = { enabled: false, trusted: false, wideRadiusBits: 20 };
		expect(await record.stores.banks.updateAlone(bank.id, less, "an")).toEqual({
			bank: { ...bank, ...less },
			waiting: null,
		});
	});

	test("is not agreed to by whoever asked, however they spell their name, nor by a name that was only typed", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { trusted: true });
		for (const [by, said] of [
			["an", {}],
			["AN", {}],
			["binh", { name: "typed" }],
		] as const)
			await expect(accept(waiting, by, said)).rejects.toMatchObject({ code: "same-person" });
		expect((await now(bank)).trusted).toBe(false);
		expect((await record.stores.bankDrafts.find(waiting.id))?.state).toBe("open");
	});

	test("given up, leaves the bank as it is, and can no longer be accepted", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { trusted: true });
		await record.stores.bankDrafts.reject(waiting.id, "binh", "not verified");
		await expect(accept(waiting, "binh")).rejects.toMatchObject({ code: "not-decidable" });
		expect(await now(bank)).toEqual(bank);
	});

	test("asked for twice by one person is asked for once, with all that was not taken back meanwhile", async () => {
		const bank = await agreed();
		const first = await ask(bank, { trusted: true, tightRadiusBits: 25 });
		const second = await ask(bank, { tightRadiusBits: 22 });
		expect(second.faults).toEqual([{ code: "strong-farther", from: 20, to: 22 }, { code: "becomes-trusted" }]);
		expect(await record.stores.bankDrafts.find(first.id)).toMatchObject({ state: "rejected", lapsed: "asked-again" });
		const { waiting } = await record.stores.banks.updateAlone(bank.id, { trusted: false, tightRadiusBits: 20 }, "an");
		expect(waiting).toBeNull();
		expect((await record.stores.bankDrafts.find(second.id))?.state).toBe("rejected");
	});

	test("takes effect at once where nobody has an account that could agree: there is no second person yet", async () => {
		await record.database.rows(sql`DELETE FROM users`);
		await addAccount("reviewer");
		const bank = await agreed();
		const { waiting } = await record.stores.banks.updateAlone(bank.id, { trusted: true }, "an");
		expect([waiting, (await now(bank)).trusted]).toEqual([null, true]);
	});
});

describe("a new bank", () => {
	test("is there at once as any new bank is, and what is more of it waits", async () => {
		const { bank, waiting } = await record.stores.banks.createAlone(
			newSettings({ trusted: true, tightRadiusBits: 31 }),
			"an",
		);
		expect(bank).toMatchObject({ trusted: false, tightRadiusBits: 20, enabled: true });
		expect(waiting?.faults.map(({ code }) => code)).toEqual(["strong-farther", "becomes-trusted"]);
		expect(await stepsOf(bank)).toBe(1);
	});
	test("that is no more than any new bank waits for nobody", async () => {
		const settings = newSettings({ shadow: true, enabledRatio: 0.5 });
		expect(await record.stores.banks.createAlone(settings, "an")).toMatchObject({ bank: settings, waiting: null });
	});
});

describe("between asking and accepting", () => {
	test("a bank that somebody has made to do less keeps it: what was asked for is shown anew first", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { tightRadiusBits: 25 });
		await record.stores.banks.updateAlone(bank.id, { tightRadiusBits: 5, shadow: true }, "cuc");
		const stale = await accept(waiting, "binh").catch((error: unknown) => error);
		expect(stale).toMatchObject({
			code: "draft-stale",
			reasons: [{ code: "changed-meanwhile", settings: ["shadow", "tightRadiusBits"] }],
		});
		expect(await now(bank)).toMatchObject({ tightRadiusBits: 5, shadow: true });
		// In shadow it would withhold nothing: it takes nobody else any more, and still somebody.
		const fresh = await record.stores.bankDrafts.find(waiting.id);
		expect(fresh).toMatchObject({ state: "open", faults: [] });
		await accept(waiting, "binh");
		expect(await now(bank)).toMatchObject({ tightRadiusBits: 25, shadow: true });
	});

	test("whoever accepts agrees to what they saw, not to what somebody else was shown since", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { tightRadiusBits: 25 });
		await record.stores.banks.updateAlone(bank.id, { tightRadiusBits: 5 }, "cuc");
		await expect(accept(waiting, "binh")).rejects.toMatchObject({ code: "draft-stale" });
		const shown = waiting.baseSequence;
		await expect(accept(waiting, "dung", { shown })).rejects.toMatchObject({ code: "draft-stale" });
		const fresh = await record.stores.bankDrafts.find(waiting.id);
		expect(fresh?.faults).toEqual([{ code: "strong-farther", from: 5, to: 25 }]);
		expect((await accept(waiting, "dung", { shown: fresh?.baseSequence })).state).toBe("applied");
	});

	test("what says whose the bank is may change, and is kept", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { trusted: true });
		await record.stores.banks.updateAlone(bank.id, { owner: "cuc", category: "ncii" }, "cuc");
		await accept(waiting, "binh");
		expect(await now(bank)).toEqual({ ...bank, trusted: true, owner: "cuc", category: "ncii" });
	});

	test("a bank that was removed takes what was asked of it with it", async () => {
		const bank = await agreed();
		const waiting = await ask(bank, { trusted: true });
		await record.stores.banks.remove(bank.id, "cuc");
		await expect(accept(waiting, "binh")).rejects.toMatchObject({ code: "not-decidable" });
	});

	test("two who accept at once accept once", async () => {
		for (let round = 0; round < 5; round += 1) {
			const bank = await agreed();
			const waiting = await ask(bank, { trusted: true });
			const people = ["binh", "cuc", "dung"];
			const answers = await Promise.all(people.map((by) => accept(waiting, by)));
			expect(new Set(answers.map(({ decidedBy }) => decidedBy)).size).toBe(1);
			expect(await stepsOf(bank)).toBe(2);
		}
	});

	test("an acceptance and a narrowing at once never leave the bank without the narrowing", async () => {
		for (let round = 0; round < 10; round += 1) {
			const bank = await agreed();
			const waiting = await ask(bank, { tightRadiusBits: 25, trusted: true });
			const [accepted, narrowed] = await Promise.allSettled([
				accept(waiting, "binh"),
				record.stores.banks.updateAlone(bank.id, { shadow: true, wideRadiusBits: 28, tightRadiusBits: 3 }, "cuc"),
			]);
			expect(narrowed.status).toBe("fulfilled");
			const after = await now(bank);
			expect(after).toMatchObject({ shadow: true, wideRadiusBits: 28, tightRadiusBits: 3 });
			expect(after.trusted).toBe(accepted.status === "fulfilled");
		}
	});

	test("of two who widen at once, the second is shown what the first has become", async () => {
		const bank = await agreed();
		const [one, other] = [await ask(bank, { trusted: true }, "an"), await ask(bank, { tightRadiusBits: 25 }, "cuc")];
		const settled = await Promise.allSettled([accept(one, "binh"), accept(other, "dung")]);
		expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		const refused = settled.find(({ status }) => status === "rejected");
		expect(refused).toMatchObject({ reason: { code: "draft-stale" } });
	});
});

describe("putting a bank back", () => {
	const first = async ({ name }: BankSettings) =>
		(await record.stores.banks.history(name, { before: null, limit: 9 })).at(-1);

	test("to where it did more waits for a second person, but for its entries", async () => {
		const bank = await agreed({ trusted: true });
		const { sequence } = (await first(bank)) ?? { sequence: 0 };
		await record.stores.banks.updateAlone(bank.id, { trusted: false, wideRadiusBits: 22, owner: "cuc" }, "cuc");
		const { waiting } = await record.stores.banks.revert(bank.name, sequence, "an");
		expect(await now(bank)).toEqual({ ...bank, trusted: false, wideRadiusBits: 22 });
		expect(waiting?.faults.map(({ code }) => code)).toEqual(["probable-farther", "becomes-trusted"]);
		await accept(waiting as BankDraft, "binh");
		expect(await now(bank)).toEqual(bank);
	});

	test("that was removed brings it back switched off", async () => {
		const bank = await agreed({ trusted: true });
		const { sequence } = (await first(bank)) ?? { sequence: 0 };
		await record.stores.banks.remove(bank.id, "cuc");
		const { waiting } = await record.stores.banks.revert(bank.name, sequence, "an");
		expect(waiting?.faults).toEqual([{ code: "switched-on" }]);
		expect(await now(bank)).toEqual({ ...bank, enabled: false });
		await accept(waiting as BankDraft, "binh");
		expect(await now(bank)).toEqual(bank);
	});

	test("to where it did less waits for nobody", async () => {
		const bank = await agreed();
		const { sequence } = (await first(bank)) ?? { sequence: 0 };
		await record.stores.banks.update(bank.id, { trusted: true }, "an, binh");
		expect(await record.stores.banks.revert(bank.name, sequence, "an")).toMatchObject({ waiting: null });
		expect(await now(bank)).toEqual(bank);
	});
});

describe("the kill switch of an entry", () => {
	async function stopped(): Promise<{ readonly bank: BankSettings; readonly key: EntryId }> {
		const bank = await agreed({ trusted: true });
		const opinion = { source: "list", kind: "positive" } as const;
		const entry = { hashType: "sha256", hash: digest(bank.name), quality: null, externalId: null, note: null } as const;
		await record.stores.banks.addEntries(bank.id, [{ ...entry, opinion }], "an");
		const [added] = await record.stores.banks.findEntries(bank.id, { after: null, limit: 1 });
		if (added === undefined) throw new Error("an entry was added");
		await record.stores.breakers.open({ kind: "entry", key: added.id, by: "an", reason: "a logo" });
		return { bank, key: added.id };
	}
	const isOpen = async (key: EntryId) => (await record.stores.breakers.listOpen()).some((one) => one.key === key);

	test("stays until a second person agrees to lift it", async () => {
		const { key } = await stopped();
		const { isClosed, waiting } = await record.stores.breakers.closeAlone(
			{ kind: "entry", key },
			"cuc",
			"no logo after all",
		);
		expect([isClosed, await isOpen(key)]).toEqual([false, true]);
		expect(waiting?.faults).toEqual([{ code: "kill-switch-lifted" }]);
		await expect(accept(waiting as BankDraft, "cuc")).rejects.toMatchObject({ code: "same-person" });
		await accept(waiting as BankDraft, "binh");
		expect(await isOpen(key)).toBe(false);
		const [closed] = await record.stores.breakers.history(1);
		expect(closed).toMatchObject({ act: "closed", by: "cuc, binh", reason: "no logo after all" });
	});

	test("that is not there, or is another's than an entry's, is as it was", async () => {
		const { bank, key } = await stopped();
		await record.stores.breakers.close({ kind: "entry", key }, "an, binh", "because");
		expect(await record.stores.breakers.closeAlone({ kind: "entry", key }, "an", "again")).toEqual({
			...{ isClosed: false, waiting: null },
		});
		await record.stores.breakers.open({ kind: "bank", key: bank.id, by: "an", reason: "because" });
		expect(await record.stores.breakers.closeAlone({ kind: "bank", key: bank.id }, "an", "again")).toEqual({
			...{ isClosed: true, waiting: null },
		});
	});
});
