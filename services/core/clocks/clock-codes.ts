// The codes of what clocks are told and of how they end, apart from how they count: pages need no more.
import { z } from "zod";

/** What happens, as far as laws count from it or to it. */
const clockEventKinds = [
	"authority-request",
	"data-request",
	"removal-order",
	"user-complaint",
	"ncii-request",
	"notice",
	"abuse-learned",
	"violation-known",
	"violation",
	"offence-suspected",
	"exploitation-detected",
	"restriction-imposed",
	"decision-made",
	"user-informed",
	"report-sent",
	"order-acknowledged",
	"answer-sent",
	"data-handed-over",
	"statement-sent",
	"transparency-submitted",
	"appeal-received",
	"appeal-decided",
	"request-withdrawn",
	"confirmation-taken-back",
	"information-asked",
	"information-given",
] as const;
export const clockEventKind = z.enum(clockEventKinds);
export type ClockEventKind = z.infer<typeof clockEventKind>;

/** `late`: over time, and done all the same. `moot`: nothing is asked any more. */
export const clockOutcome = z.enum(["kept", "late", "moot"]);
export type ClockOutcome = z.infer<typeof clockOutcome>;
