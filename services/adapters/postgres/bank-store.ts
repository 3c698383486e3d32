import { sql } from "kysely";
import { BreakwaterError } from "../../core/errors.ts";
import { type BankId, type EntryId, uuidv7 } from "../../core/ids.ts";
import { type BankChange, type BankSettings, bankSettings } from "../../core/matching/bank.ts";
import type { BankStore } from "../../core/ports/bank-store.ts";
import {
	type BankRow,
	type ChangeRow,
	type EntryRow,
	entriesQuery,
	toChange,
	toEntry,
	toSettings,
	writeChanges,
} from "./bank-rows.ts";
import { type Database, type Executor, isUniqueViolation } from "./database.ts";
import { writeEntries } from "./write-entries.ts";

const entriesPerPage = 10_000;

export function createBankStore(database: Database): BankStore {
	const findBank = async (where: ReturnType<typeof sql>, on?: Executor): Promise<BankSettings | null> => {
		const [row] = await database.rows<BankRow>(sql`SELECT * FROM banks WHERE ${where}`, on);
		return row === undefined ? null : toSettings(row);
	};
	return {
		create: (settings, by) => createBank(database, bankSettings.parse({ ...settings, id: uuidv7(Date.now()) }), by),
		update: (id, change, by) =>
			database.transaction(async (tx) => {
				const before = await findBank(sql`id = ${id} FOR UPDATE`, tx);
				if (before === null) throw new BreakwaterError("not-found", { detail: "there is no such bank" });
				const bank = bankSettings.parse({ ...before, ...change });
				await database.rows(
					sql`UPDATE banks SET kind = ${bank.kind}, category = ${bank.category}, trusted = ${bank.trusted}, enabled = ${bank.enabled},
							shadow = ${bank.shadow}, enabled_ratio = ${bank.enabledRatio}, tight_radius_bits = ${bank.tightRadiusBits},
							wide_radius_bits = ${bank.wideRadiusBits}, updated_at = now() WHERE id = ${id}`,
					tx,
				);
				await writeChanges(database, tx, by, [{ kind: "bank", bankId: id, entryId: null, data: bank }]);
				return bank;
			}),
		remove: (id, by) =>
			database.transaction(async (tx) => {
				await database.rows(sql`DELETE FROM banks WHERE id = ${id}`, tx);
				await writeChanges(database, tx, by, [{ kind: "bank-removed", bankId: id, entryId: null, data: {} }]);
			}),
		async list() {
			const rows = await database.rows<BankRow & { entry_count: string }>(
				sql`SELECT banks.*, (SELECT count(*) FROM bank_entries WHERE bank_id = banks.id) AS entry_count FROM banks ORDER BY name`,
			);
			return rows.map((row) => ({
				...toSettings(row),
				entryCount: Number(row.entry_count),
				updatedAt: row.updated_at,
			}));
		},
		findByName: (name) => findBank(sql`name = ${name}`),
		addEntries: (id, entries, by) => database.transaction((tx) => writeEntries(database, tx, id, entries, by)),
		removeEntry: (id, by) =>
			database.transaction(async (tx) => {
				const [row] = await database.rows<{ bank_id: BankId }>(
					sql`DELETE FROM bank_entries WHERE id = ${id} RETURNING bank_id`,
					tx,
				);
				if (row === undefined) return false;
				await writeChanges(database, tx, by, [{ kind: "entry-removed", bankId: row.bank_id, entryId: id, data: {} }]);
				return true;
			}),
		async findEntries(id, { after, limit }) {
			const rows = await database.rows<EntryRow>(
				entriesQuery(sql`bank_id = ${id} AND (${after}::uuid IS NULL OR id > ${after}::uuid)`, limit),
			);
			return rows.map(toEntry);
		},
		load: (onChange) => loadAll(database, onChange),
		async changesSince(sequence, limit) {
			const rows = await database.rows<ChangeRow>(
				sql`SELECT sequence, kind, bank_id, entry_id, data FROM bank_changes WHERE sequence > ${sequence} ORDER BY sequence LIMIT ${limit}`,
			);
			return rows.map(toChange);
		},
		onChanged: (listener) => database.listener.on("banks", () => listener()),
	};
}

async function createBank(database: Database, bank: BankSettings, by: string): Promise<BankSettings> {
	try {
		return await database.transaction(async (tx) => {
			await database.rows(
				sql`INSERT INTO banks (id, name, kind, category, trusted, enabled, shadow, enabled_ratio, tight_radius_bits, wide_radius_bits)
					VALUES (${bank.id}, ${bank.name}, ${bank.kind}, ${bank.category}, ${bank.trusted}, ${bank.enabled}, ${bank.shadow},
						${bank.enabledRatio}, ${bank.tightRadiusBits}, ${bank.wideRadiusBits})`,
				tx,
			);
			await writeChanges(database, tx, by, [{ kind: "bank", bankId: bank.id, entryId: null, data: bank }]);
			return bank;
		});
	} catch (error) {
		if (isUniqueViolation(error))
			throw new BreakwaterError("name-taken", { detail: "there is a bank of that name", cause: error });
		throw error;
	}
}

/** Page by page, so that a million entries never stand in memory twice; in one snapshot, so that the sequence fits. */
async function loadAll(
	database: Database,
	onChange: (change: BankChange) => void,
): Promise<{ readonly sequence: number }> {
	return database.transaction(async (tx) => {
		await database.rows(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`, tx);
		const [newest] = await database.rows<{ sequence: string | null }>(
			sql`SELECT max(sequence) AS sequence FROM bank_changes`,
			tx,
		);
		const sequence = Number(newest?.sequence ?? 0);
		const banks = await database.rows<BankRow>(sql`SELECT * FROM banks`, tx);
		for (const row of banks) onChange({ sequence, kind: "bank", bank: toSettings(row) });
		let after: EntryId | null = null;
		for (;;) {
			const rows: readonly EntryRow[] = await database.rows<EntryRow>(
				entriesQuery(sql`(${after}::uuid IS NULL OR id > ${after}::uuid)`, entriesPerPage),
				tx,
			);
			for (const row of rows) onChange({ sequence, kind: "entry", entry: toEntry(row) });
			after = rows.at(-1)?.id ?? null;
			if (rows.length < entriesPerPage) return { sequence };
		}
	});
}
