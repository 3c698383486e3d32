// Fields of content that clients set: note, metadata, and until when it is off.
import { type ContentMetadata, contentMetadata } from "../core/wire/matcher-api.ts";
import { isStorable, isStorableText } from "../core/wire/storable.ts";
import { isRecord } from "./api.ts";
import { Form } from "./read-form.ts";
import { Refusal } from "./refusal.ts";

const longestNote = 255;
const fiveYearsSeconds = 5 * 365 * 24 * 3600;

/** The note in JSON or in a form's field; an empty one is none. */
export function readNote(body: unknown): string | null {
	const note = body instanceof Form ? body.fields.get("note") : isRecord(body) ? body.note : null;
	return checkNote(note);
}

function checkNote(note: unknown): string | null {
	if (!note) return null;
	if (typeof note !== "string") throw new Refusal(400, "note should be a string");
	if (isLongerThan(longestNote, note)) throw new Refusal(400, `note must be at most ${longestNote} characters`);
	if (!isStorableText(note)) throw new Refusal(400, "note must be well-formed Unicode without NUL");
	return note;
}

/** In code points, as Python and Postgres count them. What is far too long is not counted. */
function isLongerThan(most: number, text: string): boolean {
	return text.length > 2 * most || [...text].length > most;
}

/** The metadata in JSON or in a form's field, which then holds JSON. */
export function readMetadata(body: unknown): ContentMetadata | null {
	const given = body instanceof Form ? parseField(body.fields.get("metadata")) : isRecord(body) ? body.metadata : null;
	if (given === undefined || given === null) return null;
	if (!isRecord(given)) throw new Refusal(400, "metadata should be a json object");
	if (!isStorable(given))
		throw new Refusal(400, "Invalid metadata: must be well-formed Unicode without NUL, and not deeply nested");
	const { collab: _exchanges, ...rest } = given;
	const parsed = contentMetadata.safeParse(underAlias(rest));
	if (!parsed.success) {
		const fields = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "metadata"}: ${message}`);
		throw new Refusal(400, `Invalid metadata: ${fields.join("; ")}`);
	}
	const said = Object.fromEntries(
		Object.entries(parsed.data).filter(([, value]) => value !== null && value !== undefined),
	);
	return Object.keys(said).length === 0 ? null : said;
}

/** HMA takes `json` under its field's own name, `json_data`, too, but not both. */
function underAlias(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	if (!("json_data" in given) || "json" in given) return given;
	const { json_data: json, ...rest } = given;
	return { ...rest, json };
}

function parseField(text: string | undefined): unknown {
	if (text === undefined) return null;
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(400, "metadata form field must be valid JSON");
	}
}

export function readContentChange(
	body: unknown,
	nowMs: number,
): { readonly disableUntilTs?: number; readonly note?: string | null } {
	if (!isRecord(body)) return {};
	return {
		...("disable_until_ts" in body ? { disableUntilTs: readTime(body.disable_until_ts, nowMs) } : {}),
		...("note" in body ? { note: checkNote(body.note) } : {}),
	};
}

function readTime(given: unknown, nowMs: number): number {
	const isNumeric = typeof given === "number" || (typeof given === "string" && /^\s*[+-]?\d+\s*$/.test(given));
	if (!isNumeric) throw new Refusal(400, "Invalid int: disable_until_ts is a Unix time in seconds");
	const time = Math.trunc(Number(given));
	if (time < 0) throw new Refusal(400, "disable_until_ts must be a non-negative integer");
	if (time > nowMs / 1_000 + fiveYearsSeconds)
		throw new Refusal(400, "disable_until_ts must be less than 5 years in the future");
	return time;
}
