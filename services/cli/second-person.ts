// The second person of an act that takes two. On a command line anybody can call themselves anything: this one proves it, with the login
// and the password of the console.

import { isAllowed, type Permission } from "../core/people/user.ts";
import type { Parts } from "../parts/parts.ts";
import { verifyPassword } from "./lazy-compose.ts";
import { readSecret } from "./read-secret.ts";

/** Answers the login as the history keeps it. */
export async function secondPerson({ stores }: Parts, login: string, permission: Permission): Promise<string> {
	const password = await readSecret(`password of ${login}: `);
	const found = await stores.users.findForLogin(login.trim().toLowerCase());
	const isRight = await verifyPassword(found?.passwordHash ?? null, password);
	if (found === null || !isRight || found.user.isDisabled) throw new Error("the login or the password is wrong");
	if (found.user.isPasswordFirst)
		throw new Error(`${found.user.login} has yet to change the first password, on the page`);
	if (!isAllowed(found.user, permission)) throw new Error(`${found.user.login} has no role that may do this`);
	return found.user.login;
}
