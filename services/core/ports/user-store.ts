import type { Doer } from "../acts/doer.ts";
import type { UserId } from "../ids.ts";
import type { Role, User } from "../people/user.ts";
import type { SessionStore } from "./session-store.ts";

/** `by`: who asked for a change; without it, the system itself. */
export interface UserStore extends SessionStore<User> {
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
	/** Ends the person's sessions, but for the one that asked. */
	setPassword(
		id: UserId,
		passwordHash: string,
		options?: { readonly keptSession?: Uint8Array; readonly isPasswordFirst?: boolean; readonly by?: Doer },
	): Promise<void>;
	setRoles(id: UserId, roles: readonly Role[], by?: Doer): Promise<void>;
	setDisabled(id: UserId, isDisabled: boolean, by?: Doer): Promise<void>;
}
