// Why a row may not enter a bank, as codes that are counted and shown.
export const rejectionCodes = [
	"malformed",
	"all-zero",
	"empty-file",
	"low-entropy",
	"low-quality",
	"reserved-source",
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];
export interface Rejection {
	readonly code: RejectionCode;
	/** In words that an operator can act on; never the hash. */
	readonly detail: string;
}
