// Which answer it is that people are given once others have decided, or decided to look again. Coarse on purpose. The words are templates
// (core/answers); they name nobody, and tell nothing that would warn whoever is reported.

/** An authority appeals otherwise. */
export const authorityAnswerCodes = [
	...(["removed", "agreed", "left", "not-agreed", "looking-again"] as const),
	/** After an appeal: it was removed, and may be shown again. */
	"put-back",
] as const;
export type AuthorityAnswerCode = (typeof authorityAnswerCodes)[number];

export const reportAnswerCodes = [
	...authorityAnswerCodes,
	/** After an appeal: what was decided stands. */
	"upheld",
] as const;
export type ReportAnswerCode = (typeof reportAnswerCodes)[number];

/** After it the report is open again. */
export function isAnswerFinal(code: ReportAnswerCode): boolean {
	return code !== "looking-again";
}
