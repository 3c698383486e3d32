// A day or a moment as a person or a list writes it, in RFC 3339 or less of it. What could be read in two ways is refused, not guessed.

/** What PostgreSQL, JSON and JavaScript all write the same way, in UTC. */
const firstStorableMs = Date.parse("0001-01-01T00:00:00Z");
const lastStorableMs = Date.parse("9999-12-31T23:59:59.999Z");

/** Whether the record can keep a moment. */
export function isStorable(at: Date): boolean {
	return at.getTime() >= firstStorableMs && at.getTime() <= lastStorableMs;
}

const isoTime = new RegExp(
	/^(?<day>\d{4}-\d{2}-\d{2})/.source +
		/([T ](?<clock>\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)( ?(?<zone>Z|[+-]\d{2}(:?\d{2})?))?)?$/.source,
	"i",
);

/** A day begins at midnight UTC, and a time without a zone is in UTC. Null of what is none, of 30 February too, and of what no record could keep. */
export function parseIsoTime(text: string): Date | null {
	const { day, clock, zone = "Z" } = isoTime.exec(text.trim())?.groups ?? {};
	if (day === undefined || !isDay(day)) return null;
	if (clock === undefined) return storable(new Date(day));
	const offset = zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours: string, minutes = "00") => `${hours}:${minutes}`);
	const at = new Date(`${day}T${clock.replace(",", ".")}${offset.toUpperCase()}`);
	return storable(at);
}

function storable(at: Date): Date | null {
	return isStorable(at) ? at : null;
}

/** The engine takes 30 February for 2 March. */
function isDay(text: string): boolean {
	const at = new Date(text);
	return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(text.slice(8));
}

/** Such as 01/02/2027 or 1.2.27, which is in January here and in February there. */
export function isAmbiguousDate(text: string): boolean {
	return parseIsoTime(text) === null && /^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{1,4}\b/.test(text);
}

/** A moment in milliseconds as it is written, in UTC; null of null. */
export function isoOf(atMs: number | null): string | null {
	return atMs === null ? null : new Date(atMs).toISOString();
}
