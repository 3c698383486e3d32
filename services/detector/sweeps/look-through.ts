// Compares a page of past hashes with the entries that changed. It yields to live work after every few milliseconds.
import { setImmediate } from "node:timers/promises";
import { type HashType, hashTypes, isNear, isOfParts } from "../../core/hashes/hash-type.ts";
import { type EntryId, uuidOfHex } from "../../core/ids.ts";
import type { ChangedEntry, HashPage } from "../../core/ports/sweep-store.ts";
import { createNewEntries, type NewEntries } from "../../core/sweeps/new-entries.ts";

/** What one sweep holds past hashes against. */
export interface SweepSubject {
	readonly ids: ReadonlySet<EntryId>;
	/** Looked up by their value. */
	readonly exact: readonly { readonly type: HashType; readonly hashes: readonly Uint8Array[] }[];
	/** By type: compared by distance. */
	readonly near: ReadonlyMap<HashType, NewEntries>;
}

/** Types made of parts are left out: the record keeps none of an item's parts. */
export function subjectOf(entries: readonly ChangedEntry[]): SweepSubject {
	const byType = hashTypes.map((type) => ({
		type,
		hashes: entries.filter(({ hashType }) => hashType === type).map(({ hash }) => hash),
	}));
	const present = byType.filter(({ type, hashes }) => hashes.length > 0 && !isOfParts(type));
	return {
		ids: new Set(entries.map(({ id }) => id)),
		exact: present.filter(({ type }) => !isNear(type)),
		near: new Map(
			present.filter(({ type }) => isNear(type)).map(({ type, hashes }) => [type, createNewEntries(type, hashes)]),
		),
	};
}

/** A few milliseconds where many entries changed. */
const hashesPerTurn = 250;
const idBytes = 16;

/** The items of the page in reach of an entry. */
export async function itemsNear(
	{ near }: SweepSubject,
	{ type, hashes, itemIds }: HashPage,
): Promise<readonly string[]> {
	const entries = near.get(type);
	if (entries === undefined) return [];
	const count = itemIds.length / idBytes;
	const found: string[] = [];
	for (let from = 0; from < count; from += hashesPerTurn) {
		const places = entries.placesNear(hashes, from, Math.min(count, from + hashesPerTurn));
		const ids = places.map((place) => Buffer.from(itemIds.subarray(place * idBytes, (place + 1) * idBytes)));
		found.push(...ids.map((id) => uuidOfHex(id.toString("hex"))));
		await setImmediate();
	}
	return found;
}
