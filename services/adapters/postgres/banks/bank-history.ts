// What the banks' history tells people.
import { sql } from "kysely";
import { type BankChange, bankSettings } from "../../../core/banks/bank.ts";
import type { BankId, EntryId } from "../../../core/ids.ts";
import type { BankRevision, BankStore } from "../../../core/ports/bank-store.ts";
import type { Database } from "../connection/database.ts";
import type { StoredEntry } from "./bank-rows.ts";

interface RevisionRow {
	readonly sequence: string;
	readonly at: Date;
	readonly by: string;
	readonly kind: BankChange["kind"];
	readonly entry_id: EntryId | null;
	readonly data: unknown;
}

/** The bank that has the name, or had it last. */
export async function findBankByHistory(database: Database, name: string): Promise<BankId | null> {
	const [now] = await database.rows<{ id: BankId }>(sql`SELECT id FROM banks WHERE name = ${name}`);
	if (now !== undefined) return now.id;
	const [then] = await database.rows<{ id: BankId }>(
		sql`SELECT bank_id AS id FROM bank_changes WHERE kind = 'bank' AND data ->> 'name' = ${name} ORDER BY sequence DESC LIMIT 1`,
	);
	return then?.id ?? null;
}

export async function bankHistory(
	database: Database,
	name: string,
	{ before, limit }: Parameters<BankStore["history"]>[1],
): Promise<readonly BankRevision[]> {
	const id = await findBankByHistory(database, name);
	if (id === null) return [];
	const rows = await database.rows<RevisionRow>(
		sql`SELECT sequence, at, by, kind, entry_id, data FROM bank_changes
			WHERE bank_id = ${id} AND (${before}::bigint IS NULL OR sequence < ${before}::bigint) ORDER BY sequence DESC LIMIT ${limit}`,
	);
	return rows.map(({ sequence, at, by, kind, entry_id, data }) => ({
		...{ at, by, kind },
		sequence: Number(sequence),
		entryId: entry_id,
		summary: summarize(kind, data),
	}));
}

function summarize(kind: BankChange["kind"], data: unknown): string {
	if (kind === "bank-removed") return "removed with all its entries";
	if (kind === "entry-removed") return "entry removed";
	if (kind === "entry") {
		const { hashType, opinions, isQuarantined } = data as StoredEntry;
		const said = Object.entries(opinions).map(([source, opinion]) => `${source}: ${opinion.kind}`);
		return `${hashType} entry, ${said.join(", ")}${isQuarantined === true ? ", in quarantine" : ""}`;
	}
	const bank = bankSettings.parse(data);
	const flags = [bank.enabled ? "enabled" : "disabled", bank.trusted ? "trusted" : "not trusted"];
	if (bank.sources.length > 0) flags.push(`sources ${bank.sources.join(" + ")}`);
	if (bank.shadow) flags.push("in shadow");
	if (bank.enabledRatio < 1) flags.push(`for ${bank.enabledRatio * 100} % of content`);
	return `settings: ${flags.join(", ")}, radii ${bank.tightRadiusBits}/${bank.wideRadiusBits}`;
}
