// The code by which an affected user comes to appeal: 16 digits as a receipt has them (reports/receipt.ts), typed in the same way.
import { randomInt } from "node:crypto";
import { toReceipt } from "../reports/receipt.ts";

/** What randomInt draws at most from is 2^48. */
const half = 10 ** 8;

/** Not to be guessed: with a million codes given, one guess in a thousand million opens any. */
export function newAppealCode(): string {
	return toReceipt(BigInt(randomInt(half)) * BigInt(10 ** 7) + BigInt(randomInt(10 ** 7)));
}
