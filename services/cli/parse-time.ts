import { isAmbiguousDate, isStorable, parseIsoTime } from "../core/iso-time.ts";
import { UsageError } from "./parse-options.ts";

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const age = /^(\d+)([smhd])$/;

export const timeHelp = "a time (2026-11-24T12:00:00Z) or an age (90s, 15m, 2h, 3d)";

/** A moment given as ISO 8601, or as how long ago. Throws a text for whoever typed it. */
export function parseTime(text: string, nowMs: number): Date {
	const [, count, unit] = age.exec(text) ?? [];
	if (count !== undefined) {
		const at = new Date(nowMs - Number(count) * unitsMs[unit as keyof typeof unitsMs]);
		if (isStorable(at)) return at;
	}
	return parseMoment(text, timeHelp);
}

/** `help` says what it should have been. */
export function parseMoment(text: string, help: string): Date {
	const at = parseIsoTime(text);
	if (at !== null) return at;
	const why = isAmbiguousDate(text) ? ": a day and a month can be taken for each other" : "";
	throw new UsageError(`${text} is not ${help}${why}`);
}
