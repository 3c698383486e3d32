// How times are said. All take the moment "now" as an argument, which is the server's clock (see api/server-clock.ts).

export const defaultZone = "Asia/Ho_Chi_Minh";

/** Words around durations, from the dictionary of the page's language. */
export interface TimeWords {
	readonly justNow: string;
	readonly seconds: (count: number) => string;
	readonly minutes: (count: number) => string;
	readonly hours: (count: number) => string;
	readonly days: (count: number) => string;
	readonly ago: (duration: string) => string;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in its largest one or two units: `42 s`, `7 min`, `3 h 20 min`, `5 d 2 h`. */
export function formatDuration(durationMs: number, words: TimeWords): string {
	const ms = Math.max(0, durationMs);
	if (ms < minute) return words.seconds(Math.floor(ms / second));
	if (ms < hour) return words.minutes(Math.floor(ms / minute));
	if (ms < day) {
		const minutes = Math.floor((ms % hour) / minute);
		return minutes === 0
			? words.hours(Math.floor(ms / hour))
			: `${words.hours(Math.floor(ms / hour))} ${words.minutes(minutes)}`;
	}
	const hours = Math.floor((ms % day) / hour);
	return hours === 0 ? words.days(Math.floor(ms / day)) : `${words.days(Math.floor(ms / day))} ${words.hours(hours)}`;
}

/** `3 min ago`; under ten seconds, `just now`. A time in the future (clocks differ a little) is `just now` too. */
export function formatAgo(at: Date, nowMs: number, words: TimeWords): string {
	const elapsedMs = nowMs - at.getTime();
	return elapsedMs < 10 * second ? words.justNow : words.ago(formatDuration(elapsedMs, words));
}

/** Time left as a clock, `m:ss`; zero once it is over. Rounded up, so that `0:00` means over and not nearly over. */
export function formatCountdown(remainingMs: number): string {
	const seconds = Math.max(0, Math.ceil(remainingMs / second));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A place in a video, `1:02`, `1:00:02`; rounded down, so that going there shows it. */
export function formatPosition(fromBeginningMs: number): string {
	const seconds = Math.floor(fromBeginningMs / second);
	const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
	const rest = String(seconds % 60).padStart(2, "0");
	return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

/** Day and time with seconds and the zone's offset, `24/11/2026 09:15:04 GMT+7`. */
export function formatAbsolute(at: Date, zone: string): string {
	const parts = new Intl.DateTimeFormat("en-GB", {
		timeZone: zone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
		timeZoneName: "shortOffset",
	}).formatToParts(at);
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
	return `${part("day")}/${part("month")}/${part("year")} ${part("hour")}:${part("minute")}:${part("second")} ${part("timeZoneName")}`;
}

/** Time of day without seconds, as `09:15`; in a span of more than a day with its day, `24/11 09:15`. */
export function formatAxis(at: Date, zone: string, spanMs: number): string {
	const whole = formatAbsolute(at, zone);
	return spanMs > day ? `${whole.slice(0, 5)} ${whole.slice(11, 16)}` : whole.slice(11, 16);
}

/** The day alone, `24/11/2026`. */
export function formatDay(at: Date, zone: string): string {
	return formatAbsolute(at, zone).slice(0, 10);
}

/** Only the time of day, for entries of today; otherwise day and month first. */
export function formatShort(at: Date, nowMs: number, zone: string): string {
	const whole = formatAbsolute(at, zone);
	const isToday = whole.slice(0, 10) === formatAbsolute(new Date(nowMs), zone).slice(0, 10);
	return isToday ? whole.slice(11, 19) : `${whole.slice(0, 5)} ${whole.slice(11, 16)}`;
}
