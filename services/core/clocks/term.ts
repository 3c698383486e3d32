// How long a law gives, and when that is over. Minutes and hours are counted as they pass, whatever the clocks on the wall do; days, months
// and years are counted on the calendar of a zone and end at the same time of day.
import { Temporal } from "temporal-polyfill";
import { z } from "zod";

export const termUnits = ["minutes", "hours", "days", "working-days", "months", "years"] as const;

export const term = z.strictObject({
	count: z.int().min(1).max(10_000),
	unit: z.enum(termUnits),
});
export type Term = z.infer<typeof term>;

const isoWeekday = z.int().min(1).max(7);

/** On which days a law does not count. Holidays are data: they are moved by decrees. */
export const workCalendar = z.strictObject({
	/** 1 is Monday, 7 Sunday. */
	restDays: z.array(isoWeekday).max(6),
	holidays: z.array(z.iso.date()),
	source: z.string().min(1),
	verified: z.boolean(),
});
export type WorkCalendar = z.infer<typeof workCalendar>;

export const timeZone = z.string().refine(isTimeZone, "is no time zone of the IANA database");

export const countingPlace = z.object({
	zone: timeZone,
	/** Null where the law counts no working days. */
	calendar: workCalendar.nullable(),
});
export type CountingPlace = z.infer<typeof countingPlace>;

export type SkippedDay = { readonly day: string; readonly why: "rest-day" | "holiday" };

const minuteMs = 60_000;

/** The moment at which the term is over, and the days on the way that did not count. */
export function addTerm(
	fromMs: number,
	{ count, unit }: Term,
	place: CountingPlace,
): { readonly atMs: number; readonly skipped: readonly SkippedDay[] } {
	switch (unit) {
		case "minutes":
			return { atMs: fromMs + count * minuteMs, skipped: [] };
		case "hours":
			return { atMs: fromMs + count * 60 * minuteMs, skipped: [] };
		case "days":
		case "months":
		case "years":
			return { atMs: zoned(fromMs, place.zone).add({ [unit]: count }).epochMilliseconds, skipped: [] };
		case "working-days":
			return addWorkingDays(fromMs, count, place);
	}
}

function addWorkingDays(fromMs: number, count: number, { zone, calendar }: CountingPlace) {
	const from = zoned(fromMs, zone);
	const skipped: SkippedDay[] = [];
	let days = 0;
	for (let left = count; left > 0; ) {
		days += 1;
		const date = from.toPlainDate().add({ days });
		const why = whyItDoesNotCount(date, calendar);
		if (why === null) left -= 1;
		else skipped.push({ day: date.toString(), why });
	}
	return { atMs: from.add({ days }).epochMilliseconds, skipped };
}

function whyItDoesNotCount(date: Temporal.PlainDate, calendar: WorkCalendar | null): SkippedDay["why"] | null {
	if (calendar?.restDays.includes(date.dayOfWeek)) return "rest-day";
	return calendar?.holidays.includes(date.toString()) ? "holiday" : null;
}

function zoned(atMs: number, zone: string): Temporal.ZonedDateTime {
	return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
