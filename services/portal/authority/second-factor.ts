// The second factor of those who log in for an authority: what proves it, and how it is set up. Secrets are in the record sealed: whoever has
// the record alone can make no code.
import { createHash, randomBytes } from "node:crypto";
import { type AuthorityAccount, readCode, recoveryCodes } from "../../core/authorities/account.ts";
import type { AuthorityAccountStore } from "../../core/ports/authority-account-store.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { OneTimeCodes } from "../../core/ports/one-time-codes.ts";
import type { PortalSecrets } from "../secrets.ts";

interface Enrolment {
	readonly sealedSecret: Uint8Array;
	readonly step: number;
	/** Shown once. */
	readonly recovery: readonly string[];
	readonly recoveryHashes: readonly Uint8Array[];
}

export interface SecondFactor {
	/** True of an account that has none yet: nothing but setting one up is open to it. Each code proves it once. */
	isProven(account: AuthorityAccount, code: string): Promise<boolean>;
	/** A new secret, to be shown to whoever is about to set it up; `sealed` comes back with the form. */
	begin(account: AuthorityAccount): { readonly sealed: string; readonly address: string; readonly text: string };
	/** Null where the code is not of that secret: the app does not have it. */
	complete(account: AuthorityAccount, sealed: string, code: string): Enrolment | null;
}

export interface SecondFactorDeps {
	readonly accounts: Pick<AuthorityAccountStore, "factorOf" | "takeStep" | "takeRecoveryCode">;
	readonly codes: OneTimeCodes;
	readonly secrets: Pick<PortalSecrets, "seal" | "unseal">;
	readonly clock: Clock;
}

/** What apps show above the code. */
const issuer = "Breakwater";

export function createSecondFactor({ accounts, codes, secrets, clock }: SecondFactorDeps): SecondFactor {
	const stepOf = (account: AuthorityAccount, sealed: Uint8Array | null, code: string): number | null => {
		const secret = sealed === null ? null : secrets.unseal(account.id, sealed);
		return secret === null ? null : codes.stepOf(secret, code, clock.now());
	};
	return {
		async isProven(account, typed) {
			if (!account.hasFactor) return true;
			const read = readCode(typed);
			if (read === null) return false;
			if (read.kind === "recovery") return accounts.takeRecoveryCode(account.id, hashOf(read.code));
			const step = stepOf(account, await accounts.factorOf(account.id), read.code);
			return step !== null && accounts.takeStep(account.id, step);
		},
		begin(account) {
			const secret = codes.newSecret();
			return {
				sealed: Buffer.from(secrets.seal(account.id, secret)).toString("base64url"),
				address: codes.addressOf(secret, { issuer, login: account.login }),
				text: codes.textOf(secret),
			};
		},
		complete(account, sealed, typed) {
			const sealedSecret = Buffer.from(sealed, "base64url");
			const read = readCode(typed);
			const step = read?.kind === "one-time" ? stepOf(account, sealedSecret, read.code) : null;
			if (step === null) return null;
			const recovery = Array.from({ length: recoveryCodes.count }, newRecoveryCode);
			return { sealedSecret, step, recovery, recoveryHashes: recovery.map(hashOf) };
		},
	};
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** One code of 80 random bits: no slow hash is needed. */
function newRecoveryCode(): string {
	return [...randomBytes(recoveryCodes.characters)].map((byte) => letters[byte % letters.length]).join("");
}

function hashOf(code: string): Buffer {
	return createHash("sha256").update(code).digest();
}
