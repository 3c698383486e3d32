// Whose record it is, where more than one can write to the stream: a record carries a signature by the key of its event's source. Each
// source's key is derived from one secret of ours, so that nothing has to be kept, and no source's key says anything of another's.
import { createHmac, timingSafeEqual } from "node:crypto";

export const signatureHeader = "breakwater-signature";

export interface SignableRecord {
	readonly headers?: Readonly<Record<string, string>>;
	readonly value: Uint8Array;
}

/** Hexadecimal; what a platform that writes to the stream itself is given, and signs with as it stands (its ASCII bytes). */
export function feedKeyOf(secret: string, source: string): string {
	return createHmac("sha256", secret).update(`breakwater feed key\0${source}`).digest("hex");
}

/**
 * HMAC-SHA256, hexadecimal, over every `ce_` header and `content-type` as `name:value` and a line feed, sorted by name, then an empty
 * line, then the value. All that an event says is in one or the other.
 */
export function signatureOf(feedKey: string, { headers = {}, value }: SignableRecord): string {
	const signed = Object.entries(headers).filter(([name]) => name.startsWith("ce_") || name === "content-type");
	const lines = signed.map(([name, text]) => `${name}:${text}\n`).toSorted();
	return createHmac("sha256", feedKey)
		.update(`${lines.join("")}\n`)
		.update(value)
		.digest("hex");
}

/** The same record with its signature among its headers. */
export function signRecord<R extends SignableRecord>(secret: string, source: string, record: R): R {
	const signature = signatureOf(feedKeyOf(secret, source), record);
	return { ...record, headers: { ...record.headers, [signatureHeader]: signature } };
}

/** `secrets`: the one in use, and those that were in use before it. */
export function isSignedBy(secrets: readonly string[], source: string, record: SignableRecord): boolean {
	// Two headers could be read as one, or one as two.
	if (Object.values(record.headers ?? {}).some((text) => text.includes("\n"))) return false;
	const given = Buffer.from(record.headers?.[signatureHeader] ?? "");
	return secrets.some((secret) => {
		const right = Buffer.from(signatureOf(feedKeyOf(secret, source), record));
		return given.length === right.length && timingSafeEqual(given, right);
	});
}
