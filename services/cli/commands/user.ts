import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { type Role, role, roles } from "../../core/people/user.ts";
import { hashPassword, withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { readSecret } from "../read-secret.ts";

const shortestPassword = 12;

interface AddOptions {
	readonly role: string[];
	readonly name?: string;
	readonly passwordStdin?: boolean;
}

export function addUserCommands(program: Command): void {
	const user = program.command("user").description("People who work with cases");
	user
		.command("add")
		.description("Add a person; prints a first password unless one is given on standard input")
		.argument("<login>", "lower-case login")
		.requiredOption("--role <role...>", roles.join(", "))
		.option("--name <name>", "name shown to others (default: the login)")
		.option("--password-stdin", "read the password from standard input")
		.action(async (login: string, options: AddOptions, command: Command) => {
			const given = options.passwordStdin === true ? await readPassword() : null;
			const password = given ?? randomBytes(12).toString("base64url");
			const added = await withParts(async ({ stores }) =>
				stores.users.create({
					login: login.toLowerCase(),
					displayName: options.name ?? login,
					roles: options.role.map(parseRole),
					passwordHash: await hashPassword(password),
				}),
			);
			const answer = { ...added, ...(given === null ? { password } : {}) };
			print(command, answer, (one) =>
				given === null
					? `added ${one.login} (${one.roles.join(", ")}); first password, not shown again: ${password}`
					: `added ${one.login} (${one.roles.join(", ")})`,
			);
		});
	user
		.command("list")
		.description("List people and roles")
		.action(async (_options: unknown, command: Command) => {
			const users = await withParts(({ stores }) => stores.users.list());
			print(command, users, (all) =>
				table(
					["login", "name", "roles", "state"],
					all.map((one) => [one.login, one.displayName, one.roles.join(", "), one.isDisabled ? "disabled" : "active"]),
				),
			);
		});
	for (const [verb, isDisabled] of [
		["disable", true],
		["enable", false],
	] as const) {
		user
			.command(verb)
			.description(isDisabled ? "Lock a person out, at once" : "Let a person in again")
			.argument("<login>")
			.action(async (login: string, _options: unknown, command: Command) => {
				await withParts(async ({ stores }) => {
					const found = await stores.users.findForLogin(login.toLowerCase());
					if (found === null) throw new BreakwaterError("not-found", { detail: `there is no login ${login}` });
					await stores.users.setDisabled(found.user.id, isDisabled);
				});
				print(command, { login, isDisabled }, (one) => `${one.login} is ${isDisabled ? "disabled" : "active"}`);
			});
	}
}

function parseRole(text: string): Role {
	const parsed = role.safeParse(text);
	if (!parsed.success) throw new UsageError(`there is no role ${text}; there are: ${roles.join(", ")}`);
	return parsed.data;
}

async function readPassword(): Promise<string> {
	const password = await readSecret("password: ");
	if (password.length < shortestPassword)
		throw new UsageError(`a password has at least ${shortestPassword} characters`);
	return password;
}
