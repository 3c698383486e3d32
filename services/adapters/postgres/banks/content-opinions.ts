// What contents come to say of the entries with their hashes. A source whose contents are all off has withdrawn; one that has no
// content left has nothing to say, and an entry of which nobody says anything is removed. Every entry looked at gets a row in
// the history, changed or not: its contents did.
import { sql } from "kysely";
import { z } from "zod";
import { ownSource } from "../../../core/banks/bank.ts";
import { entryId } from "../../../core/ids.ts";
import type { BankContent, NewContent } from "../../../core/ports/bank-content-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeChanges, writeEntryChanges } from "./bank-changes.ts";
import { type StoredOpinions, storedOpinions } from "./bank-rows.ts";

interface Held {
	readonly bankId: NewContent["bankId"];
	readonly hash: BankContent["hashes"][number];
}

const entryRow = z.object({ id: entryId, opinions: storedOpinions });
type EntryRow = z.infer<typeof entryRow>;

/** The caller holds the sequence's lock and has written the content. */
export async function giveOpinion(tx: Connection, content: BankContent, by: string): Promise<void> {
	const { bankId } = content;
	for (const hash of content.hashes) {
		const entry = await findEntry(tx, { bankId, hash });
		if (entry === null) continue;
		const opinions =
			content.source === null
				? await withOthers(tx, content.id, entry.opinions)
				: await withSource(tx, { bankId, hash }, content.source, entry.opinions);
		await setOpinions(tx, { bankId, entry, opinions, by });
	}
}

export async function touchEntries(
	tx: Connection,
	{ bankId, hashes }: Pick<BankContent, "bankId" | "hashes">,
	by: string,
): Promise<void> {
	const found = await Promise.all(hashes.map((hash) => findEntry(tx, { bankId, hash })));
	await writeEntryChanges(
		tx,
		by,
		found.flatMap((entry) => entry?.id ?? []),
	);
}

function keyOf({ bankId, hash }: Held) {
	return sql`bank_id = ${bankId} AND hash_type = ${hash.hashType} AND hash = ${Buffer.from(hash.hash)}`;
}

async function findEntry(tx: Connection, held: Held): Promise<EntryRow | null> {
	const [row] = await tx.rows(sql`SELECT id, opinions FROM bank_entries WHERE ${keyOf(held)} FOR UPDATE`, entryRow);
	return row ?? null;
}

async function withSource(tx: Connection, held: Held, source: string, before: StoredOpinions): Promise<StoredOpinions> {
	const [row] = await tx.rows(
		sql`SELECT bool_or(NOT is_off) AS is_on FROM bank_contents WHERE source = ${source}
			AND id IN (SELECT content_id FROM bank_content_hashes WHERE ${keyOf(held)})`,
		z.object({ is_on: column.flag.nullable() }),
	);
	const isOn = row?.is_on ?? null;
	const { [source]: own, ...others } = before;
	return isOn === null ? others : { ...others, [source]: { ...own, kind: isOn ? "positive" : "withdrawn" } };
}

/** For an entry that came another way: switched off, what its sources said is kept with the content until it is on again. */
async function withOthers(tx: Connection, id: number, before: StoredOpinions): Promise<StoredOpinions> {
	const [content] = await tx.rows(
		sql`SELECT is_off, held FROM bank_contents WHERE id = ${id}`,
		z.object({ is_off: column.flag, held: storedOpinions.nullable() }),
	);
	// What our own people say against an entry, no client takes back.
	const isOthers = ([source, said]: readonly [string, StoredOpinions[string]]) =>
		!source.startsWith("api:") && (source !== ownSource || said.kind === "positive");
	const entries = Object.entries(before);
	if (content === undefined) return Object.fromEntries(entries.filter((one) => !isOthers(one)));
	if (content.is_off === (content.held !== null)) return before;
	const held = content.is_off ? Object.fromEntries(entries.filter(isOthers)) : null;
	await tx.rows(
		sql`UPDATE bank_contents SET held = ${held === null ? null : JSON.stringify(held)}::jsonb WHERE id = ${id}`,
	);
	return Object.fromEntries(
		entries.map(([source, said]) => {
			if (held !== null && source in held) return [source, { ...said, kind: "withdrawn" as const }];
			// What a source said anew in the meantime stands.
			const former = content.held?.[source];
			return [source, former !== undefined && said.kind === "withdrawn" ? former : said];
		}),
	);
}

async function setOpinions(
	tx: Connection,
	change: {
		readonly bankId: Held["bankId"];
		readonly entry: EntryRow;
		readonly opinions: StoredOpinions;
		readonly by: string;
	},
): Promise<void> {
	const { bankId, entry, opinions, by } = change;
	if (Object.keys(opinions).length === 0) {
		await tx.rows(sql`DELETE FROM bank_entries WHERE id = ${entry.id}`);
		await writeChanges(tx, by, [{ kind: "entry-removed", bankId, entryId: entry.id, data: {} }]);
		return;
	}
	await tx.rows(
		sql`UPDATE bank_entries SET opinions = ${JSON.stringify(opinions)}::jsonb, updated_at = now() WHERE id = ${entry.id}`,
	);
	await writeEntryChanges(tx, by, [entry.id]);
}
