import { subjectCatalogue } from "../../core/outbreaks/subject.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";

/** Whether people decide of what many posts link to, and of no item. */
export function isOfLink({ items, outbreak }: Pick<WireCaseDetail, "items" | "outbreak">): boolean {
	return items.length === 0 && outbreak !== null && isPlace(outbreak);
}

/** Whether it is what posts link to that spreads. */
export function isPlace({ of }: Pick<NonNullable<WireCaseDetail["outbreak"]>, "of">): boolean {
	return subjectCatalogue[of].opens === "place";
}
