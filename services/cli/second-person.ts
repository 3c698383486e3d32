// People of an act that takes two. On a command line anybody can call themselves anything: these prove it, with the login
// and the password of the console.

import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { isAllowed, type Permission, type User } from "../core/people/user.ts";
import type { Parts } from "../parts/parts.ts";
import { verifyPassword } from "./lazy-compose.ts";
import { readSecret } from "./read-secret.ts";

/** Answers the login as the history keeps it. */
export async function secondPerson(parts: Parts, login: string, permission: Permission): Promise<string> {
	return (await provenPerson(parts, login, { permission })).login;
}

/** What {@link withLogin} asks for. */
export interface ProvenOptions {
	readonly login: string;
	readonly passwordFile?: string;
}

/** Adds what proves who somebody is on a command line. */
export function withLogin(command: Command): Command {
	return command
		.requiredOption("--login <login>", "a lead's, in the console; asks for the password, or reads it from a pipe")
		.option("--password-file <file>", "read the password from there");
}

interface Proof {
	readonly permission: Permission;
	/** Holds the password; without it a person is asked, or a pipe is read. */
	readonly passwordFile?: string;
}

export async function provenPerson(
	{ stores }: Parts,
	login: string,
	{ permission, passwordFile }: Proof,
): Promise<User> {
	const password =
		passwordFile === undefined
			? await readSecret(`password of ${login}: `)
			: (await readFile(passwordFile, "utf8")).replace(/\r?\n$/, "");
	const found = await stores.users.findForLogin(login.trim().toLowerCase());
	const isRight = await verifyPassword(found?.passwordHash ?? null, password);
	if (found === null || !isRight || found.user.isDisabled) throw new Error("the login or the password is wrong");
	if (found.user.isPasswordFirst)
		throw new Error(`${found.user.login} has yet to change the first password, on the page`);
	if (!isAllowed(found.user, permission)) throw new Error(`${found.user.login} has no role that may do this`);
	return found.user;
}
