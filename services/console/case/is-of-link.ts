import { subjectCatalogue } from "../../core/outbreaks/subject.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";

/** Whether people decide of what many posts link to, and of no item. */
export function isOfLink({ items, outbreak }: Pick<WireCaseDetail, "items" | "outbreak">): boolean {
	return items.length === 0 && outbreak !== null && subjectCatalogue[outbreak.of].opens === "place";
}
