// A bare column of hashes, or what md5sum, sha256sum and their like print: a hash a line, with the name of the file that it is of.
import type { HashType } from "../core/hashes/hash-type.ts";
import { type BankRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { trimUnseen } from "./read-hash.ts";
import { longestRow, splitLines } from "./split-lines.ts";

interface ListedHash {
	readonly hash: string;
	/** As the line says, or as what prints such lines means. */
	readonly type: { readonly said?: string | undefined; readonly usual?: HashType | undefined };
}

export function isCommentLine(line: string): boolean {
	return /^\s*(?:[#;]|\/\/(?:\s|$)|$)/.test(line);
}

/** The forms of lines, by the programs that print them so. File names say more of their owner than a bank should keep. */
const shapes: readonly { readonly pattern: RegExp; readonly type?: HashType }[] = [
	{ pattern: /^["']?(?<hash>(0x)?(?:[0-9a-f]{8}|[0-9a-f]{32,128}))["']?[,;]?$/i },
	// md5sum, shasum, md5deep; nothing but sha256sum prints 64 digits so.
	{ pattern: /^\\?(?<hash>[0-9a-f]{64}) [ *]?\S.*$/i, type: "sha256" },
	{ pattern: /^\\?(?<hash>[0-9a-f]{32,128}) [ *]?\S.*$/i },
	// Fingerprints, as programs for certificates show them. Nothing prints a perceptual hash so.
	{ pattern: /^["']?(?<hash>[0-9a-f]{2}(?::[0-9a-f]{2}){31})["']?[,;]?$/i, type: "sha256" },
	{ pattern: /^["']?(?<hash>[0-9a-f]{2}(?::[0-9a-f]{2}){15}(?:(?::[0-9a-f]{2}){4})?)["']?[,;]?$/i },
	// Registries of containers, and tools that print several kinds.
	{ pattern: /^["']?(?<type>[a-z][a-z0-9-]{2,11}?)(?:[:=] ?|-)(?<hash>[0-9a-f]{32,128})["']?[,;]?$/i },
	// md5sum --tag, and BSD's.
	{ pattern: /^(?<type>[A-Z0-9-]{3,12}) ?\(.*\) ?= (?<hash>[0-9a-f]{32,128})$/i },
];
/** The base64 of an MD5, SHA-1 or SHA-256. */
const base64 = /^["']?(?<bytes>[a-z0-9+/]{22}==|[a-z0-9+/]{27}=|[a-z0-9+/]{43}=)["']?[,;]?$/i;
/** Several hashes behind one space each, where no program prints the name of a file alone: which of them count nobody has said. */
const several = /^[0-9a-f]{32,128}(?: [0-9a-f]{32,128})+$/i;

export function readListLine(line: string): ListedHash | null {
	const text = trimUnseen(line);
	if (several.test(text)) return null;
	for (const { pattern, type } of shapes) {
		const found = pattern.exec(text)?.groups;
		if (found?.hash !== undefined)
			return { hash: found.hash.replaceAll(":", ""), type: { said: found.type, usual: type } };
	}
	const bytes = base64.exec(text)?.groups?.bytes;
	return bytes === undefined ? null : { hash: Buffer.from(bytes, "base64").toString("hex"), type: {} };
}

/** Empty lines and comments (#, ;, //) are passed over. */
export async function* readHashList(text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	for await (const lines of splitLines(text)) {
		for (const { text: line, number } of lines) {
			if (line !== null && isCommentLine(line)) continue;
			const listed = line === null ? null : readListLine(line.replace(/^\ufeff/, ""));
			if (listed !== null) {
				const type = listed.type.said ?? defaults.hashType ?? listed.type.usual;
				yield toBankRow({ hash: listed.hash, type }, number, defaults);
			} else
				yield refused(
					number,
					line === null ? { code: "too-long", mostCharacters: longestRow } : { code: "not-a-list-line" },
				);
		}
	}
}
