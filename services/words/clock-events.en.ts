import type { ClockEventKind } from "../core/clocks/clock-codes.ts";

/** What a clock is told, and what a law waits for. */
export const clockEvents: Readonly<Record<ClockEventKind, string>> = {
	"authority-request": "an authority asked for removal",
	"data-request": "an authority asked for information",
	"removal-order": "a removal order came",
	"user-complaint": "a user complained",
	"ncii-request": "a valid request to remove an intimate picture came",
	notice: "a notice came",
	"abuse-learned": "abuse became known",
	"violation-known": "a violation became known",
	violation: "a violation was found",
	"offence-suspected": "an offence was suspected",
	"exploitation-detected": "exploitation was detected",
	"restriction-imposed": "a restriction was imposed",
	"decision-made": "a decision was made",
	"user-informed": "the user was informed",
	"report-sent": "the report was sent",
	"order-acknowledged": "the platform acknowledged the removal",
	"answer-sent": "the answer was sent",
	"data-handed-over": "the information was handed over",
	"statement-sent": "the statement of reasons was sent",
	"transparency-submitted": "it was submitted to the transparency database",
	"request-withdrawn": "the request was withdrawn",
	"information-asked": "more information was asked for",
	"information-given": "the information asked for came",
};
