import type { Doer } from "../acts/doer.ts";
import type { AuthorityAccount } from "../authorities/account.ts";
import type { AuthorityAccountId, AuthorityId } from "../ids.ts";
import type { SessionStore } from "./session-store.ts";

/** Those who log in for authorities. Every change is an act on the authority. */
export interface AuthorityAccountStore extends SessionStore<AuthorityAccount> {
	/** Its password is a first one. Throws `name-taken`. */
	add(
		account: { readonly authority: AuthorityId; readonly login: string; readonly passwordHash: string },
		by: Doer,
	): Promise<void>;
	/** By authority, then by login. */
	list(): Promise<readonly AuthorityAccount[]>;
	/** Gives a first password; the second factor, its recovery codes and all sessions end. False where there is no such login. */
	reset(login: string, passwordHash: string, by: Doer): Promise<boolean>;
	/** Ends all sessions of one that is disabled. False where there is no such login. */
	setDisabled(login: string, isDisabled: boolean, by: Doer): Promise<boolean>;
	/** The sealed secret of its one-time codes; null where it has none. */
	factorOf(id: AuthorityAccountId): Promise<Uint8Array | null>;
	/** False where a code of that step of time, or of a later one, was taken already: a code that somebody watched opens nothing. */
	takeStep(id: AuthorityAccountId, step: number): Promise<boolean>;
	/** False where there is no such code, or it was used. */
	takeRecoveryCode(id: AuthorityAccountId, codeHash: Uint8Array): Promise<boolean>;
	/** Takes the place of whatever second factor there was; ends its other sessions. */
	setUp(id: AuthorityAccountId, chosen: ChosenFactor): Promise<void>;
}

export interface ChosenFactor {
	/** Null: the former one stays. */
	readonly passwordHash: string | null;
	readonly sealedSecret: Uint8Array;
	/** The step of time of the code that showed that the app has the secret: it opens nothing more. */
	readonly step: number;
	readonly recoveryHashes: readonly Uint8Array[];
	readonly keptSession: Uint8Array;
}
