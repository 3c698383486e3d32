// Who does something, as those who ask a store to do it say it. The log keeps an actor: with a person's id and login, and by which
// door a mere name came.
import type { UserId } from "../ids.ts";
import type { ActActor } from "./act.ts";

/** `named`: whoever stores are told of by a name, which is a login, a name on the command line or `platform:` and a platform's name. */
export type Doer =
	| { readonly kind: "machine" }
	| { readonly kind: "person"; readonly userId: UserId }
	| { readonly kind: "named"; readonly by: string };

export const machine: Doer = { kind: "machine" };

export function named(by: string): Doer {
	return { kind: "named", by };
}

/** By whom a change was asked, where nobody is the system itself. */
export function namedOrMachine(by: string | null | undefined): Doer {
	return by === null || by === undefined ? machine : named(by);
}

/** The beginning of what the log calls those who log in for an authority; no login of a person is spelled so. */
const authorityPrefix = "authority:";

export function authorityLogin(login: string): Doer {
	return named(`${authorityPrefix}${login}`);
}

/** Null where the name is no such login's. */
export function loginOfAuthority(name: string): string | null {
	return name.startsWith(authorityPrefix) ? name.slice(authorityPrefix.length) : null;
}

/** The beginning of the names of platforms' keys, as the matcher's API names its callers. */
const keyPrefix = "platform:";

/**
 * What the log says of a name. On the command line anybody may give any name, so that a login given there is no person who logged in.
 * `userId` null: no login is spelled so.
 */
export function actorNamed(by: string, door: { readonly isCli: boolean; readonly userId: UserId | null }): ActActor {
	if (door.isCli) return { kind: "cli", name: by };
	if (loginOfAuthority(by) !== null) return { kind: "key", name: by };
	if (by.startsWith(keyPrefix)) return { kind: "key", name: by.slice(keyPrefix.length) };
	return door.userId === null ? { kind: "key", name: by } : { kind: "person", id: door.userId, name: by };
}
