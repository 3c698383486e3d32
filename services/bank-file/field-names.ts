// What a column, or a key of a JSON line, is called in lists, and which field of a row it is.
import { type HashType, isOfPictures, isWithinTexts } from "../core/hashes/hash-type.ts";
import { type BankRow, type RawRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { hashTypeNamed, plain } from "./hash-type-names.ts";
import { isEmpty } from "./is-empty.ts";

/** Our own name first; without marks, as names are compared. */
const names = {
	type: ["type", "hashtype", "signaltype", "algorithm", "indicatortype", "ioctype", "loai", "loaibam"],
	hash: [
		"hash",
		"hashvalue",
		"signalvalue",
		"indicator",
		"hashdigest",
		"digest",
		"value",
		"iocvalue",
		"mabam",
		"giatribam",
		"giatri",
	],
	quality: ["quality", "pdqquality", "chatluong"],
	source: ["source", "nguon"],
	opinion: ["opinion"],
	externalId: ["externalid", "indicatorid", "imageid"],
	categories: ["categories", "category", "tags", "labels", "nhom", "nhomvipham"],
	severity: ["severity", "weight", "mucdo"],
	note: ["note", "notes", "description", "comment", "ghichu"],
	expires: ["expires", "expiry", "expiresat", "expiredon", "reviewby", "hethan", "ngayhethan"],
	language: ["language", "lang", "ngonngu"],
	context: ["context", "beside"],
	within: ["within"],
	before: ["before"],
	after: ["after"],
} as const;
type Field = keyof typeof names;

/** Columns of our own exports that are passed over: here it is whoever imports. */
const passedOver = new Set(["addedby", "addedat"]);

/** A list may give each type of hash a column of its own, and several of one content in a row. */
type Meaning = Field | { readonly hashesOf: HashType };

const fields: ReadonlyMap<string, Field> = new Map(
	(Object.keys(names) as Field[]).flatMap((field) => names[field].map((name) => [name, field] as const)),
);

/** Null of a name that says nothing here. */
function meaningOf(name: string): Meaning | null {
	const field = fields.get(plain(name));
	if (field !== undefined) return field;
	const type = hashTypeNamed(name);
	return type === null ? null : { hashesOf: type };
}

export interface FieldMap {
	/** Names that were not understood, or mean what an earlier one means, for people. */
	readonly unknown: readonly string[];
	/** How many were. */
	readonly known: number;
	readonly hasHashes: boolean;
	/** The rows that one record is: none where no field of it holds a hash. */
	readonly toRows: (record: readonly unknown[]) => readonly RawRow[];
}

/** What the names mean, in their order; the first of two that mean the same counts. */
export function mapFields(header: readonly string[]): FieldMap {
	const place = new Map<Field, number>();
	const named: { readonly type: HashType; readonly at: number }[] = [];
	const unknown: string[] = [];
	for (const [at, name] of header.entries()) {
		const meaning = meaningOf(name);
		if (meaning === null && !passedOver.has(plain(name))) unknown.push(name);
		if (meaning === null) continue;
		if (typeof meaning === "object") named.push({ type: meaning.hashesOf, at });
		else if (place.has(meaning)) unknown.push(name);
		else place.set(meaning, at);
	}
	const isTyped = !place.has("hash");
	// Beside hashes of a content an address says where it was found: that is not listed with it.
	const ofContents = named.filter(({ type }) => !isWithinTexts(type));
	const typed = ofContents.length > 0 ? ofContents : named;
	const said = [...place].filter(([field]) => !isTyped || (field !== "type" && field !== "quality"));
	const quality = place.get("quality");
	return {
		unknown,
		known: place.size + typed.length,
		hasHashes: !isTyped || typed.length > 0,
		toRows(record) {
			const common: Record<string, unknown> = {};
			for (const [field, at] of said) common[field] = cellValue(field, record[at]);
			if (!isTyped) return [common];
			return typed
				.filter(({ at }) => !isEmpty(record[at]))
				.map(({ type, at }) => ({
					...common,
					...{ type, hash: record[at] },
					...(isOfPictures(type) && quality !== undefined ? { quality: record[quality] } : {}),
				}));
		},
	};
}

/** The entries of one record, or why it is none. */
export function* toBankRows(
	fields: FieldMap,
	record: readonly unknown[],
	line: number,
	defaults: RowDefaults,
): Generator<BankRow> {
	const rows = fields.toRows(record);
	if (rows.length === 0) yield refused(line, { code: "no-known-hash" });
	for (const raw of rows) yield toBankRow(raw, line, defaults);
}

/** Labels are parted by what they do not hold; terms hold spaces, and may hold commas. */
const parted: Partial<Record<Field, RegExp>> = { categories: /[;,\s]+/, context: /;/ };

function cellValue(field: Field, value: unknown): unknown {
	const between = parted[field];
	if (between === undefined || typeof value !== "string") return value;
	const values = value.split(between).filter((one) => one.trim() !== "");
	return values.length === 0 ? undefined : values;
}
