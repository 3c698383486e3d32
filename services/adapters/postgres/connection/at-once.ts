import { errorCode } from "../../../runtime/error-code.ts";

/** PostgreSQL's 25P02: an earlier statement of the transaction has failed. */
const afterFailure = "25P02";

/**
 * Writes of one transaction that need nothing of each other's answers: they go out together, in the order given, and what they lock is held for one round
 * trip instead of one each. All of them have ended before it rejects, so that none is still to come once the transaction is rolled back.
 */
export async function atOnce(writes: readonly Promise<unknown>[]): Promise<void> {
	const ended = await Promise.allSettled(writes);
	const failed = ended.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
	if (failed.length > 0) throw failed.find((error) => errorCode(error) !== afterFailure) ?? failed[0];
}
