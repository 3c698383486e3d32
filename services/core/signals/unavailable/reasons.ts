import { z } from "zod";

/** Why a signal could not be computed. Item-made reasons go to people at once; ours are retried first (see {@link isOurFault}). */
const unavailableReasons = [
	"not-an-image",
	"undecodable",
	"truncated",
	"frames-not-read",
	"too-many-pixels",
	"too-many-bytes",
	"empty",
	"decode-timeout",
	"decoder-crashed",
	"timed-out-before",
	"crashed-before",
	"too-costly",
	"worker-lost",
	"address-forbidden",
	"host-not-allowed",
	"too-many-redirects",
	"gone-at-source",
	"host-failed",
	"fetch-timeout",
	"object-missing",
	"backend-failed",
	"deadline-exceeded",
	"not-finite",
	"overloaded",
	"input-rejected",
	"embedded-media",
	"encrypted",
	"members-not-read",
	"words-not-read",
	"sound-not-heard",
	"too-many-links",
	"rule-failed",
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

const retryFirst: ReadonlySet<UnavailableReason> = new Set([
	"worker-lost",
	"host-failed",
	"fetch-timeout",
	"backend-failed",
	"deadline-exceeded",
	"overloaded",
]);

/** True where trying again may help; false where the reason lies in the item and only a person can go on. */
export function isOurFault(reason: UnavailableReason): boolean {
	return retryFirst.has(reason);
}

export const unavailableReason = z.enum(unavailableReasons);
