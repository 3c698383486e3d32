import type { Doer } from "../acts/doer.ts";
import type { UserId } from "../ids.ts";
import type { Role, User } from "../people/user.ts";

/** `by`: who asked for a change; without it, the system itself. */
export interface UserStore {
	create(user: {
		readonly login: string;
		readonly displayName: string;
		readonly roles: readonly Role[];
		readonly passwordHash: string;
		/** Its owner did not choose it; default no. */
		readonly isPasswordFirst?: boolean;
		readonly by?: Doer;
	}): Promise<User>;
	list(): Promise<readonly User[]>;
	find(id: UserId): Promise<User | null>;
	/** For logging in; null where there is no such login. Disabled users are found, with `isDisabled`. */
	findForLogin(login: string): Promise<{ readonly user: User; readonly passwordHash: string } | null>;
	/** Ends the person's sessions, but for the one that asked. */
	setPassword(
		id: UserId,
		passwordHash: string,
		options?: { readonly keptSession?: Uint8Array; readonly isPasswordFirst?: boolean; readonly by?: Doer },
	): Promise<void>;
	setRoles(id: UserId, roles: readonly Role[], by?: Doer): Promise<void>;
	setDisabled(id: UserId, isDisabled: boolean, by?: Doer): Promise<void>;
	/** Sessions are kept under the SHA-256 of their token. */
	openSession(session: {
		readonly tokenHash: Uint8Array;
		readonly userId: UserId;
		readonly now: Date;
		readonly expiresAt: Date;
		/** However often it is used, the session ends here. */
		readonly endsAt: Date;
	}): Promise<void>;
	/** The session's user where it is valid at `now`; moves its expiry to `extendTo`, or leaves it alone where that is null. */
	useSession(tokenHash: Uint8Array, now: Date, extendTo: Date | null): Promise<User | null>;
	closeSession(tokenHash: Uint8Array): Promise<void>;
}
