// A bank's own row.
import { sql } from "kysely";
import { type BankSettings, bankSettings, settingsFault } from "../../../core/banks/bank.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { faultsOf } from "../../../core/fault.ts";
import type { BankId } from "../../../core/ids.ts";
import { type Connection, isUniqueViolation } from "../connection/database.ts";
import { writeChanges } from "./bank-changes.ts";
import { bankRow, toSettings } from "./bank-rows.ts";
import { beginTally } from "./shadow-tallies.ts";

export async function findBank(on: Connection, where: ReturnType<typeof sql>): Promise<BankSettings | null> {
	const [row] = await on.rows(sql`SELECT * FROM banks WHERE ${where}`, bankRow);
	return row === undefined ? null : toSettings(row);
}

/** For a change of what is read: nobody else changes it meanwhile. */
export async function requireBank(tx: Connection, id: BankId): Promise<BankSettings> {
	const bank = await findBank(tx, sql`id = ${id} FOR UPDATE`);
	if (bank === null) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "bank" }] });
	return bank;
}

export function parseSettings(settings: unknown): BankSettings {
	const parsed = bankSettings.safeParse(settings);
	if (!parsed.success) {
		throw new BreakwaterError("rule-broken", { reasons: faultsOf(parsed.error.issues, "bank") });
	}
	const fault = settingsFault(parsed.data);
	if (fault !== null) throw new BreakwaterError("rule-broken", { reasons: [fault] });
	return parsed.data;
}

/** With its step of the history. */
export async function putBank(tx: Connection, bank: BankSettings, by: string): Promise<BankSettings> {
	await writeBank(tx, bank);
	await writeChanges(tx, by, [{ kind: "bank", bankId: bank.id, entryId: null, data: bank }]);
	return bank;
}

/** Adds the row, or sets it to what is given. A name that another bank has is a unique violation. */
export async function writeBank(tx: Connection, bank: BankSettings): Promise<void> {
	const { share, addedEntries } = bank.allowedChange;
	if (bank.shadow) await beginTally(tx, bank.id);
	await tx.rows(
		sql`INSERT INTO banks (id, name, kind, category, trusted, enabled, shadow, enabled_ratio, tight_radius_bits, wide_radius_bits,
				owner, expires_at, allowed_share, allowed_added_entries, sources, video_share_of_item, video_share_of_entry)
			VALUES (${bank.id}, ${bank.name}, ${bank.kind}, ${bank.category}, ${bank.trusted}, ${bank.enabled}, ${bank.shadow},
				${bank.enabledRatio}, ${bank.tightRadiusBits}, ${bank.wideRadiusBits}, ${bank.owner}, ${bank.expiresAt}, ${share}, ${addedEntries},
				${bank.sources}::text[], ${bank.videoShares.ofItem}, ${bank.videoShares.ofEntry})
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, category = excluded.category, trusted = excluded.trusted,
				enabled = excluded.enabled, shadow = excluded.shadow, enabled_ratio = excluded.enabled_ratio,
				tight_radius_bits = excluded.tight_radius_bits, wide_radius_bits = excluded.wide_radius_bits, owner = excluded.owner,
				expires_at = excluded.expires_at, allowed_share = excluded.allowed_share,
				allowed_added_entries = excluded.allowed_added_entries, sources = excluded.sources,
				video_share_of_item = excluded.video_share_of_item, video_share_of_entry = excluded.video_share_of_entry, updated_at = now()`,
	);
}

export async function withTakenName<T>(write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		throw new BreakwaterError("name-taken", { detail: "there is a bank of that name", cause: error });
	}
}
