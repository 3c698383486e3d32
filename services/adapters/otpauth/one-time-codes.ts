import { Secret, TOTP } from "otpauth";
import type { OneTimeCodes } from "../../core/ports/one-time-codes.ts";

/** What every app takes for granted, whatever the address says. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** RFC 4226 §4, R6: as long as its digest. */
const secretBytes = 20;
/** Clocks of phones, and people who type slowly. */
const stepsBeside = 1;

export function createOneTimeCodes(): OneTimeCodes {
	return {
		newSecret: () => new Secret({ size: secretBytes }).bytes,
		textOf: (secret) => toSecret(secret).base32,
		addressOf: (secret, { issuer, login }) =>
			new TOTP({ ...settings, issuer, label: login, secret: toSecret(secret) }).toString(),
		stepOf(secret, code, nowMs) {
			const of = { ...settings, secret: toSecret(secret), timestamp: nowMs };
			const delta = TOTP.validate({ ...of, token: code, window: stepsBeside });
			return delta === null ? null : TOTP.counter(of) + delta;
		},
	};
}

function toSecret(bytes: Uint8Array): Secret {
	return Secret.fromHex(Buffer.from(bytes).toString("hex"));
}
