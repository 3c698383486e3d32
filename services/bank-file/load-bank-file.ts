import { createReadStream } from "node:fs";
import { basename, extname } from "node:path";
import { type BankChange, usualVideoShares } from "../core/banks/bank.ts";
import type { HashType } from "../core/hashes/hash-type.ts";
import { pdqsOf } from "../core/hashes/vpdq/video-frames.ts";
import { bankId, entryId, uuidv7 } from "../core/ids.ts";
import { sentence } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { openBankFile } from "./open-bank-file.ts";

/** Puts a file's entries into a matcher as a bank of its own, verified here; answers the types of hash that it holds. Throws where it holds no entry at all. */
export async function loadBankFile(
	/** Bytes where its name is not UTF-8. */
	file: string | Buffer,
	radii: { readonly tightRadiusBits: number; readonly wideRadiusBits: number },
	matcher: { apply(change: BankChange): void },
): Promise<ReadonlySet<HashType>> {
	const id = bankId.parse(uuidv7(Date.now()));
	const path = file.toString();
	const name = basename(path, extname(path));
	matcher.apply({
		sequence: 0,
		kind: "bank",
		bank: {
			id,
			name,
			kind: "known",
			category: "known",
			trusted: true,
			sources: [],
			enabled: true,
			shadow: false,
			enabledRatio: 1,
			owner: null,
			expiresAt: null,
			allowedChange: { share: 1, addedEntries: 0 },
			videoShares: usualVideoShares,
			...radii,
		},
	});
	const types = new Set<HashType>();
	const rejected: string[] = [];
	const { rows } = await openBankFile(createReadStream(file), { name: path, source: name });
	for await (const row of rows) {
		if (row.kind === "rejected") {
			rejected.push(`line ${row.line}: ${sentence(english, row.rejection)}`);
			continue;
		}
		const { hashType, hash, quality, opinion, frames } = row.entry;
		types.add(hashType);
		const entry = { id: entryId.parse(uuidv7(Date.now())), bankId: id, hashType, hash, quality, opinions: [opinion] };
		const named = frames === undefined ? {} : { framePdqs: pdqsOf(frames) };
		matcher.apply({ sequence: 0, kind: "entry", entry: { ...entry, ...named, isQuarantined: false } });
	}
	for (const line of rejected.slice(0, 10)) process.stderr.write(`${path}: ${line}\n`);
	if (rejected.length > 10) process.stderr.write(`${path}: and ${rejected.length - 10} more rows refused\n`);
	if (types.size === 0) throw new Error(`${path} holds no usable entry`);
	return types;
}
