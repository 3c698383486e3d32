import type { OutgoingRecord } from "../core/ports/item-stream.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { signatureHeader, signRecord } from "../core/wire/event-signature.ts";

/** What came with the platform's API key is as good as signed by the platform; what it said of a signature itself does not count. */
export function signedFor(
	secret: string | null,
	{ source }: Pick<Platform, "source">,
	{ headers = {}, ...record }: OutgoingRecord,
): OutgoingRecord {
	const { [signatureHeader]: _theirs, ...own } = headers;
	const unsigned = { headers: own, ...record };
	return secret === null ? unsigned : signRecord(secret, source, unsigned);
}
