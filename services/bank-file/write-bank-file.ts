import { saidCondition } from "../core/banks/read-condition.ts";
import { toHex } from "../core/hashes/hash-hex.ts";
import { writeVideoFrames } from "../core/hashes/vpdq/video-frames.ts";
import type { EntryDetail, FullOpinion } from "../core/ports/bank-store.ts";
import type { FileFormat } from "./recognize.ts";
import { toCell } from "./split-cells.ts";
import { toDescriptor } from "./threat-exchange.ts";

/** The file's text, piece by piece: a row for what each source says of each entry. */
export async function* writeBankFile(entries: AsyncIterable<EntryDetail>, format: FileFormat): AsyncGenerator<string> {
	const { head, row, between, tail } = writers[format];
	yield head;
	let isFirst = true;
	for await (const entry of entries) {
		for (const opinion of entry.opinions) {
			yield `${isFirst ? "" : between}${row(entry, opinion)}`;
			isFirst = false;
		}
	}
	yield isFirst ? tail.trimStart() : tail;
}

/** A name of frames says nothing to others: the frames do. */
function hashText({ hash, frames }: EntryDetail): string {
	return frames === undefined ? toHex(hash) : writeVideoFrames(frames);
}

function conditionCells({ only = {} }: FullOpinion) {
	const { language, context, before, after } = saidCondition(only);
	return [language, context?.join(";"), before, after];
}

interface Writer {
	readonly head: string;
	readonly row: (entry: EntryDetail, opinion: FullOpinion) => string;
	readonly between: string;
	readonly tail: string;
}

const columns = [
	"type",
	"hash",
	"quality",
	"source",
	"opinion",
	"external_id",
	"categories",
	"severity",
	"note",
	"expires",
	"language",
	"context",
	"before",
	"after",
	"added_by",
	"added_at",
];

const writers: Readonly<Record<FileFormat, Writer>> = {
	csv: {
		head: `${columns.join(",")}\n`,
		row: (entry, one) =>
			[
				entry.hashType,
				hashText(entry),
				entry.quality,
				one.source,
				one.kind,
				one.externalId,
				one.categories?.join(";"),
				one.severity,
				one.note,
				one.expiresAt,
				...conditionCells(one),
				entry.addedBy,
				entry.addedAt.toISOString(),
			]
				.map(toCell)
				.join(","),
		between: "\n",
		tail: "\n",
	},
	jsonl: {
		head: "",
		row: (entry, { kind, expiresAt, only = {}, ...said }) =>
			JSON.stringify({
				type: entry.hashType,
				hash: hashText(entry),
				quality: entry.quality ?? undefined,
				opinion: kind,
				...said,
				expires: expiresAt,
				...saidCondition(only),
				addedBy: entry.addedBy,
				addedAt: entry.addedAt,
			}),
		between: "\n",
		tail: "\n",
	},
	threatexchange: {
		head: '{"data":[\n',
		row: (entry, opinion) => JSON.stringify(toDescriptor(hashText(entry), entry.hashType, entry.quality, opinion)),
		between: ",\n",
		tail: "\n]}\n",
	},
};
