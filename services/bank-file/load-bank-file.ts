import { createReadStream } from "node:fs";
import { basename, extname } from "node:path";
import { type BankChange, usualVideoShares } from "../core/banks/bank.ts";
import { createGatheredRows } from "../core/banks/gather-rows.ts";
import type { HashType } from "../core/hashes/hash-type.ts";
import { pdqsOf } from "../core/hashes/vpdq/video-frames.ts";
import { bankId, entryId, uuidv7 } from "../core/ids.ts";
import { forTerminal } from "../words/for-terminal.ts";
import { sentence } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { openBankFile } from "./open-bank-file.ts";

const linesShown = 10;

/** Puts a file's entries into a matcher as a bank of its own, verified here; answers the types of hash that it holds. Throws where every row was refused; a list without rows is a normal answer. */
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
	const rejected: string[] = [];
	const gathered = createGatheredRows(Date.now());
	const { rows } = await openBankFile(createReadStream(file), { name: path, source: name });
	for await (const row of rows) {
		if (row.kind === "rejected") rejected.push(`line ${row.line}: ${sentence(english, row.rejection)}`);
		else gathered.add(row.entry);
	}
	const entries = gathered.entries();
	for (const { frames, ...rest } of entries) {
		const entry = { ...rest, id: entryId.parse(uuidv7(Date.now())), bankId: id, isQuarantined: false };
		const framePdqs = frames === undefined ? {} : { framePdqs: pdqsOf(frames) };
		matcher.apply({ sequence: 0, kind: "entry", entry: { ...entry, ...framePdqs } });
	}
	const more = rejected.length - linesShown;
	const said = [
		...rejected.slice(0, linesShown),
		...(more > 0 ? [`and ${more} more rows refused`] : []),
		...gathered.remarks().map((remark) => sentence(english, remark)),
		...(entries.length === 0 && rejected.length === 0 ? ["it holds no entry: nothing is known by it"] : []),
	];
	for (const line of said) process.stderr.write(`${forTerminal(`${path}: ${line}`)}\n`);
	if (entries.length === 0 && rejected.length > 0) throw new Error(`${path} holds no usable entry`);
	return new Set(entries.map(({ hashType }) => hashType));
}
