// Logins and sessions, whoever they are of: people of the console, and those who ask for an authority.

/** What a session is opened for. */
export interface Account {
	readonly id: string;
	readonly login: string;
	readonly isDisabled: boolean;
}

export interface SessionStore<A extends Account> {
	/** For logging in; null where there is no such login. Disabled ones are found, with `isDisabled`. */
	findForLogin(login: string): Promise<{ readonly user: A; readonly passwordHash: string } | null>;
	/** Sessions are kept under the SHA-256 of their token. */
	openSession(session: {
		readonly tokenHash: Uint8Array;
		readonly userId: A["id"];
		readonly now: Date;
		readonly expiresAt: Date;
		/** However often it is used, the session ends here. */
		readonly endsAt: Date;
	}): Promise<void>;
	/** The session's account where it is valid at `now`; moves its expiry to `extendTo`, or leaves it alone where that is null. */
	useSession(tokenHash: Uint8Array, now: Date, extendTo: Date | null): Promise<A | null>;
	closeSession(tokenHash: Uint8Array): Promise<void>;
}
