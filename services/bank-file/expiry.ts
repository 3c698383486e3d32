import { isStorable, parseIsoTime } from "../core/iso-time.ts";
import { isEmpty } from "./is-empty.ts";

/** Above it, a count of milliseconds. As seconds it would be a time in the year 5138. */
const mostSeconds = 1e11;

/** An integer counts from 1970, as text too where no year has so many digits; 0 is no expiry. Null is no date. */
export function toExpiry(value: unknown): Date | null | undefined {
	if (isEmpty(value) || value === 0) return undefined;
	if (typeof value === "number") {
		if (!Number.isInteger(value) || value < 0) return null;
		const at = new Date(value > mostSeconds ? value : value * 1000);
		return isStorable(at) ? at : null;
	}
	if (typeof value !== "string") return null;
	const text = value.trim();
	if (/^(0|\d{9,})$/.test(text)) return toExpiry(Number(text));
	const day = text.replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, "$1-$2-$3");
	return parseIsoTime(/^\d{4}$/.test(text) ? `${text}-01-01` : day);
}
