import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { exemptionNoticeMs, ownSource } from "../../../core/banks/bank.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { frameTypes } from "../../../core/hashes/hash-type.ts";
import { type BankId, bankId, uuidv7 } from "../../../core/ids.ts";
import type { BankStore } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { nameOfBank, tellBankAct, tellSettings } from "./bank-acts.ts";
import { lockSequence, writeChanges, writeEntryChanges } from "./bank-changes.ts";
import { bankHistory, findBankByHistory, sequenceOf } from "./bank-history.ts";
import { bankRow, changeRow, entryDetailRow, toChange, toEntryDetail, toSettings } from "./bank-rows.ts";
import { findBank, parseSettings, putBank, requireBank, withTakenName } from "./bank-settings.ts";
import { createAlone, updateAlone } from "./change-alone.ts";
import { entryCount } from "./entry-counts.ts";
import { loadBanks } from "./load-banks.ts";
import { revertBank } from "./revert-bank.ts";
import { tallyColumns, tallyRow, toTally } from "./shadow-tallies.ts";
import { sweepAll, sweepStep } from "./sweep-banks.ts";
import { storedOpinion, writeEntries } from "./write-entries.ts";

const summaryRow = bankRow.extend({ ...tallyRow.shape, entry_count: column.count, quarantined_count: column.count });

export function createBankStore(database: Database): BankStore {
	return { ...settingsPart(database), ...entriesPart(database), ...historyPart(database) };
}

function settingsPart(
	database: Database,
): Pick<
	BankStore,
	| "create"
	| "update"
	| "createAlone"
	| "updateAlone"
	| "remove"
	| "sweep"
	| "list"
	| "countExemptions"
	| "findByName"
	| "revert"
	| "sequenceOf"
> {
	return {
		async create(settings, by) {
			const bank = parseSettings({ ...settings, id: uuidv7(Date.now()) });
			return withTakenName(() =>
				database.transaction(async (tx) => tellSettings(tx, null, await putBank(tx, bank, by), by)),
			);
		},
		update: (id, change, by) =>
			withTakenName(() =>
				database.transaction(async (tx) => {
					await lockSequence(tx);
					const before = await requireBank(tx, id);
					const bank = await putBank(tx, parseSettings({ ...before, ...change }), by);
					return tellSettings(tx, before, bank, by);
				}),
			),
		createAlone: (settings, by) => withTakenName(() => database.transaction((tx) => createAlone(tx, settings, by))),
		updateAlone: (id, change, by) =>
			withTakenName(() => database.transaction((tx) => updateAlone(tx, id, { change, by }))),
		async remove(id, by) {
			await database.transaction((tx) => removeBank(tx, id, by));
			await sweepAll(database);
		},
		sweep: (maxRows) => sweepStep(database, maxRows),
		async list() {
			const rows = await database.rows(
				sql`SELECT banks.*, ${entryCount(sql`banks.id`)} AS entry_count,
						(SELECT count(*) FROM bank_entries WHERE bank_id = banks.id AND quarantined_at IS NOT NULL) AS quarantined_count,
						${tallyColumns}
					FROM banks LEFT JOIN bank_shadow_tallies AS tally ON tally.bank_id = banks.id AND banks.shadow ORDER BY name`,
				summaryRow,
			);
			return rows.map((row) => ({
				...toSettings(row),
				entryCount: row.entry_count,
				quarantinedCount: row.quarantined_count,
				updatedAt: row.updated_at,
				shadowTally: toTally(row),
			}));
		},
		async countExemptions(at) {
			const notice = new Date(at.getTime() + exemptionNoticeMs);
			const [row] = await database.rows(
				sql`SELECT count(*) FILTER (WHERE expires_at > ${at} AND expires_at <= ${notice}) AS ending, count(*) FILTER (WHERE expires_at <= ${at}) AS expired
					FROM banks WHERE kind = 'exempt' AND enabled`,
				z.object({ ending: column.count, expired: column.count }),
			);
			return row ?? { ending: 0, expired: 0 };
		},
		findByName: (name) => findBank(database, sql`name = ${name}`),
		sequenceOf: (name, revision) => sequenceOf(database, name, revision),
		async revert(name, toSequence, by) {
			const id = await findBankByHistory(database, name);
			if (id === null) throw new BreakwaterError("not-found", { detail: `there never was a bank ${name}` });
			return withTakenName(() => revertBank(database, { bankId: id, toSequence, by }));
		},
	};
}

/** Followers drop its entries with it; the record's are swept afterwards. */
async function removeBank(tx: Connection, id: BankId, by: string): Promise<void> {
	// Before the sequence, as those do who carry imports out.
	await tx.rows(
		sql`UPDATE bank_drafts SET state = 'rejected', decided_by = COALESCE(decided_by, ${by}), decided_at = COALESCE(decided_at, now()),
				lapsed = 'bank-removed' WHERE bank_id = ${id} AND state IN ('building', 'open', 'accepted')`,
	);
	await lockSequence(tx);
	const [removed] = await tx.rows(
		sql`DELETE FROM banks WHERE id = ${id} RETURNING name`,
		z.object({ name: column.text }),
	);
	if (removed === undefined) return;
	await tx.rows(sql`DELETE FROM bank_shadow_tallies WHERE bank_id = ${id}`);
	await writeChanges(tx, by, [{ kind: "bank-removed", bankId: id, entryId: null, data: {} }]);
	await tellBankAct(tx, { what: "bank-removed", on: id, by: named(by), details: { name: removed.name } });
}

function entriesPart(
	database: Database,
): Pick<BankStore, "addEntries" | "removeEntry" | "findEntry" | "findEntries" | "findLinks" | "setOpinion"> {
	return {
		async addEntries(id, entries, by) {
			// Our own people's word is given of one entry, by judging it: nothing in bulk overwrites what somebody cleared.
			if (entries.some(({ opinion }) => opinion.source === ownSource))
				throw new BreakwaterError("rule-broken", {
					detail: `\`${ownSource}\` is kept for what people conclude of an entry: breakwater bank judge, or the console`,
				});
			return database.transaction(async (tx) => {
				const { added, changed, same } = await writeEntries(tx, id, entries, by);
				const details = { name: await nameOfBank(tx, id), added, changed, removed: 0 };
				await tellBankAct(tx, { what: "entries-added", on: id, by: named(by), details });
				return { added, changed, same };
			});
		},
		removeEntry: (id, by) =>
			database.transaction(async (tx) => {
				await lockSequence(tx);
				const [row] = await tx.rows(
					sql`DELETE FROM bank_entries WHERE id = ${id} RETURNING bank_id`,
					z.object({ bank_id: bankId }),
				);
				if (row === undefined) return false;
				await writeChanges(tx, by, [{ kind: "entry-removed", bankId: row.bank_id, entryId: id, data: {} }]);
				await tellBankAct(tx, { what: "entry-removed", on: id, by: named(by), details: { bankId: row.bank_id } });
				return true;
			}),
		async findEntry(id) {
			const [row] = await database.rows(sql`SELECT * FROM bank_entries WHERE id = ${id}`, entryDetailRow);
			return row === undefined ? null : toEntryDetail(row);
		},
		async findEntries(id, { after, limit }) {
			const rows = await database.rows(
				sql`SELECT entry.*, frames FROM bank_entries AS entry LEFT JOIN video_frames ON hash_type = ANY (${frameTypes}) AND video_frames.hash = entry.hash
					WHERE bank_id = ${id} AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${limit}`,
				entryDetailRow,
			);
			return rows.map(toEntryDetail);
		},
		async findLinks(prefix, limit) {
			// Bank by bank, as the entries' index has them.
			const last = Buffer.concat([prefix, Buffer.alloc(32 - prefix.length, 0xff)]);
			const rows = await database.rows(
				sql`SELECT entry.* FROM banks CROSS JOIN LATERAL (
						SELECT * FROM bank_entries WHERE bank_id = banks.id AND hash_type = 'link' AND hash >= ${prefix} AND hash <= ${last} LIMIT ${limit}
					) AS entry
					WHERE kind = 'known' AND enabled AND NOT shadow AND (expires_at IS NULL OR expires_at > now()) ORDER BY entry.hash LIMIT ${limit}`,
				entryDetailRow,
			);
			return rows.map(toEntryDetail);
		},
		setOpinion: (id, { source, externalId = null, note = null, ...said }, by) =>
			database.transaction(async (tx) => {
				await lockSequence(tx);
				const opinion = storedOpinion({ opinion: { source, ...said }, externalId, note });
				const set = await tx.rows(
					sql`UPDATE bank_entries SET opinions = opinions || jsonb_build_object(${source}::text, ${JSON.stringify(opinion)}::jsonb), updated_at = now()
						WHERE id = ${id} RETURNING 1`,
				);
				if (set.length === 0) return false;
				await writeEntryChanges(tx, by, [id]);
				const details = { source, opinion: said.kind };
				await tellBankAct(tx, { what: "entry-opinion-set", on: id, by: named(by), reason: note, details });
				return true;
			}),
	};
}

function historyPart(database: Database): Pick<BankStore, "history" | "load" | "changesSince" | "onChanged"> {
	return {
		history: (name, page) => bankHistory(database, name, page),
		load: (onPortion) => loadBanks(database, onPortion),
		async changesSince(sequence, limit) {
			const rows = await database.rows(
				sql`SELECT sequence, kind, bank_id, entry_id, data, frames FROM bank_changes
					LEFT JOIN video_frames ON data ->> 'hashType' = ANY (${frameTypes}) AND hash = decode(data ->> 'hash', 'hex')
					WHERE sequence > ${sequence} ORDER BY sequence LIMIT ${limit}`,
				changeRow,
			);
			return rows.map(toChange);
		},
		async onChanged(listener) {
			const subscription = await database.listener.on("banks", () => listener());
			return {
				isConnected: () => database.listener.isConnected(),
				[Symbol.asyncDispose]: () => subscription[Symbol.asyncDispose](),
			};
		},
	};
}
