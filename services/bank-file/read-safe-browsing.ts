// Prefixes and hashes of links as Safe Browsing's Update API gives them (version 4): lists of additions, packed one behind the other, and
// full hashes. Its compressed form (Rice) is not read.
import { z } from "zod";
import { type BankRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { unreadable } from "./unreadable.ts";

/** The document is read as a whole: some two million prefixes. */
const mostCharacters = 16 * 2 ** 20;

const additions = z.object({
	compressionType: z.string().optional(),
	rawHashes: z.object({ prefixSize: z.int().min(4).max(32), rawHashes: z.base64() }).optional(),
});
const document = z.union([
	z.object({ listUpdateResponses: z.array(z.object({ additions: z.array(additions).default([]) })) }),
	z.object({ matches: z.array(z.object({ threat: z.object({ hash: z.base64() }) })) }),
]);

export async function* readSafeBrowsing(text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	let row = 0;
	for (const { bytes, size } of packsOf(await parse(text))) {
		for (let at = 0; at < bytes.length; at += size) {
			row += 1;
			const hash = bytes.subarray(at, at + size).toString("hex");
			if (size === 4 || size === 32)
				yield toBankRow({ type: size === 4 ? "link-prefix" : "link", hash }, row, defaults);
			else yield refused(row, { code: "no-type-so-long", hexDigits: size * 2 });
		}
	}
}

interface Pack {
	readonly bytes: Buffer;
	readonly size: number;
}

function packsOf(read: z.infer<typeof document>): readonly Pack[] {
	if ("matches" in read)
		return read.matches.map(({ threat }) => ({ bytes: Buffer.from(threat.hash, "base64"), size: 32 }));
	const all = read.listUpdateResponses.flatMap((response) => response.additions);
	return all.map(({ rawHashes }) => {
		if (rawHashes === undefined)
			throw unreadable("it is compressed (Rice): ask for the list with supportedCompressions RAW");
		return { bytes: Buffer.from(rawHashes.rawHashes, "base64"), size: rawHashes.prefixSize };
	});
}

async function parse(text: AsyncIterable<string>): Promise<z.infer<typeof document>> {
	let whole = "";
	for await (const piece of text) {
		whole += piece;
		if (whole.length > mostCharacters) throw unreadable(`a Safe Browsing list may have ${mostCharacters} characters`);
	}
	try {
		return document.parse(JSON.parse(whole));
	} catch {
		throw unreadable("it begins like a Safe Browsing list and is none");
	}
}
