// What laws may count from a report, by what it says and who sends it. Whether it is right is for people; that it came in this form is on record.
import type { StartingEvent } from "../clocks/starting-events.ts";
import { needsNoName } from "./notice.ts";
import type { ReportSource, ReportSubject } from "./report.ts";

/** The parts of a report that laws ask for; nothing of what they say. */
export interface ReportParts {
	readonly source: ReportSource;
	readonly about: ReportSubject;
	readonly hasAddress: boolean;
	readonly hasReasons: boolean;
	readonly hasContact: boolean;
	readonly isGoodFaith: boolean;
	readonly isSigned: boolean;
}

export function eventsOf(report: ReportParts): readonly StartingEvent[] {
	return [
		...(isNotice(report) ? (["noticed"] as const) : []),
		// Whether somebody of the public uses the platform nobody knows: a platform's own button says so.
		...(report.source === "platform-user" ? (["complained"] as const) : []),
		...(isOwnPictureRequest(report) ? (["removal-of-own-picture-asked"] as const) : []),
	];
}

/** Art. 16(2): reasons, the exact place, who says so unless it may be the sexual abuse of a child, and that it is meant in good faith. */
function isNotice({ source, about, hasAddress, hasReasons, hasContact, isGoodFaith }: ReportParts): boolean {
	const isKnown = hasContact || needsNoName(about) || (source !== "public" && source !== "platform-user");
	return hasAddress && hasReasons && isGoodFaith && isKnown;
}

/** What makes a request under the TAKE IT DOWN Act valid: a signature, where it is, a statement of good faith, and how to reach whoever signed. */
export function isOwnPictureRequest({
	about,
	hasAddress,
	hasContact,
	isGoodFaith,
	isSigned,
}: Pick<ReportParts, "about" | "hasAddress" | "hasContact" | "isGoodFaith" | "isSigned">): boolean {
	return about === "own-picture" && hasAddress && hasContact && isGoodFaith && isSigned;
}
