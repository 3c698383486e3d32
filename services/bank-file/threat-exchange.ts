// JSON as ThreatExchange's API answers it: descriptors, or updates that hold several. The parts of both that a bank needs; words from
// the public documentation of the Graph API.
import type { OpinionKind } from "../core/banks/bank.ts";
import { saidCondition } from "../core/banks/read-condition.ts";
import { declarationOf, type HashType } from "../core/hashes/hash-type.ts";
import type { FullOpinion } from "../core/ports/bank-store.ts";
import { type BankRow, type RawRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { createObjectReader, parseObject } from "./read-json-lines.ts";
import { splitJsonArray } from "./split-json-array.ts";
import { longestRow } from "./split-lines.ts";

const kinds: Readonly<Record<string, OpinionKind>> = {
	MALICIOUS: "positive",
	NON_MALICIOUS: "negative",
	SUSPICIOUS: "investigate",
	UNKNOWN: "investigate",
};
const severities = ["UNKNOWN", "INFO", "WARNING", "SUSPICIOUS", "SEVERE", "APOCALYPSE"];

/** `{"data": […]}` or a bare array. An update's descriptors become a row each; an element that is none of theirs is read as a JSON line. */
export async function* readThreatExchange(text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	const toOwnRows = createObjectReader(defaults);
	for await (const { text: json, line } of splitJsonArray(text)) {
		const element = json === null ? null : parseObject(json);
		if (json === null) yield refused(line, { code: "too-long", mostCharacters: longestRow });
		else if (element === null) yield refused(line, { code: "not-an-object" });
		else if ("indicator" in element || "descriptors" in element)
			for (const raw of rowsOf(element)) yield toBankRow(raw, line, defaults);
		else yield* toOwnRows(element, line);
	}
}

function rowsOf(element: RawRow): readonly RawRow[] {
	const inner = listOf(element.descriptors);
	const descriptors = inner.length === 0 ? [element] : inner.map((one) => ({ ...element, ...one }));
	return descriptors.map((one) => ({
		...hashOf(one),
		...ours(one),
		source: textOf(objectOf(one.owner)?.name),
		opinion: one.should_delete === true ? "withdrawn" : opinionOf(one.status),
		externalId: one.id,
		categories: labelsOf(one.tags),
		severity: severityOf(one.severity),
		note: textOf(one.description),
		expires: one.expired_on,
	}));
}

/** What the exchange has no names for. */
function ours({ quality, language, context, before, after }: RawRow): RawRow {
	return { quality, language, context, before, after };
}

/** Without a status nobody has called it harmful yet; one that is not known here is refused as refused. */
function opinionOf(status: unknown): string {
	const name = String(status ?? "UNKNOWN");
	return kinds[name] ?? name;
}

function hashOf(descriptor: RawRow): RawRow {
	const indicator = objectOf(descriptor.indicator) ?? descriptor;
	const type = String(indicator.type ?? descriptor.type ?? "");
	return { type, hash: indicator.indicator };
}

function severityOf(value: unknown): number | undefined {
	const place = severities.indexOf(String(value));
	return place < 0 ? undefined : place;
}

function labelsOf(tags: unknown): readonly unknown[] {
	const list = Array.isArray(tags) ? tags : listOf(tags);
	return list.map((tag) => objectOf(tag)?.text ?? tag);
}

/** Lists come as arrays or as `{data: […]}`. */
function listOf(value: unknown): readonly RawRow[] {
	const list: unknown = Array.isArray(value) ? value : objectOf(value)?.data;
	return Array.isArray(list) ? list.flatMap((one: unknown): readonly RawRow[] => asList(objectOf(one))) : [];
}

function objectOf(value: unknown): RawRow | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function asList<T>(value: T | undefined): readonly T[] {
	return value === undefined ? [] : [value];
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

/** One descriptor for what one source says of one hash. */
export function toDescriptor(hash: string, type: HashType, quality: number | null, opinion: FullOpinion): RawRow {
	const status = Object.keys(kinds).find((name) => kinds[name] === opinion.kind);
	return {
		...(opinion.externalId === undefined ? {} : { id: opinion.externalId }),
		type: declarationOf(type).threatExchangeName,
		indicator: hash,
		status: status ?? "UNKNOWN",
		...(opinion.kind === "withdrawn" ? { should_delete: true } : {}),
		severity: opinion.severity === undefined ? undefined : severities[opinion.severity],
		description: opinion.note,
		owner: { name: opinion.source },
		tags: opinion.categories,
		expired_on: opinion.expiresAt,
		...(quality === null ? {} : { quality }),
		...saidCondition(opinion.only ?? {}),
	};
}
