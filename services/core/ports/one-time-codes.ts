/** Codes of six digits that an app makes of a secret and the time (TOTP, RFC 6238: SHA-1, 30 s). */
export interface OneTimeCodes {
	newSecret(): Uint8Array;
	/** As it is typed into an app that reads no QR code: base32. */
	textOf(secret: Uint8Array): string;
	/** What an app reads from a QR code. */
	addressOf(secret: Uint8Array, of: { readonly issuer: string; readonly login: string }): string;
	/** The step of time whose code this is, of the one at `nowMs` and the two beside it; null where it is none of theirs. */
	stepOf(secret: Uint8Array, code: string, nowMs: number): number | null;
}
