import type { Command } from "commander";
import { passwordFault } from "../../core/people/password.ts";
import { type Role, role, roles, type User } from "../../core/people/user.ts";
import type { Parts } from "../../parts/parts.ts";
import { sentence } from "../../words/statement.ts";
import { english } from "../../words/statements.en.ts";
import { newFirstPassword } from "../first-password.ts";
import { hashPassword, withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseLogin, UsageError } from "../parse-options.ts";
import { readSecret } from "../read-secret.ts";
import { unknownId } from "../unknown-id.ts";

interface PasswordOptions extends ByOptions {
	readonly passwordStdin?: boolean;
}

interface AddOptions extends PasswordOptions {
	readonly role: string[];
	readonly name?: string;
}

export function addUserCommands(program: Command): void {
	const user = program.command("user").description("People who work with cases");
	withBy(user.command("add"))
		.description(
			"Add a person; prints a first password unless one is given on standard input. It must be changed at the first login",
		)
		.argument("<login>", "lower-case login", parseLogin)
		.requiredOption("--role <role...>", roles.join(", "))
		.option("--name <name>", "name shown to others (default: the login)")
		.option("--password-stdin", "read the password from standard input")
		.action(async (login: string, options: AddOptions, command: Command) => {
			const { password, isGiven } = await choosePassword(options, login);
			const added = await withParts(async ({ stores }) =>
				stores.users.create({
					login: login.toLowerCase(),
					displayName: options.name ?? login,
					roles: options.role.map(parseRole),
					passwordHash: await hashPassword(password),
					isPasswordFirst: true,
					by: doerOf(options),
				}),
			);
			const answer = { ...added, ...(isGiven ? {} : { password }) };
			print(command, answer, (one) =>
				isGiven
					? `added ${one.login} (${one.roles.join(", ")})`
					: `added ${one.login} (${one.roles.join(", ")}); first password, not shown again: ${password}`,
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
	addChanges(user);
	addSwitches(user);
}

function addChanges(user: Command): void {
	withBy(user.command("password"))
		.description("Give a person a new password, and end their sessions; prints it unless it is given on standard input")
		.argument("<login>", "one of `user list`")
		.option("--password-stdin", "read the password from standard input")
		.action(async (login: string, options: PasswordOptions, command: Command) => {
			const { password, isGiven } = await choosePassword(options, login);
			await withParts(async ({ stores }) => {
				const { id } = await requireUser(stores, login);
				await stores.users.setPassword(id, await hashPassword(password), {
					isPasswordFirst: true,
					by: doerOf(options),
				});
			});
			print(command, { login, ...(isGiven ? {} : { password }) }, () =>
				isGiven ? `${login} has a new password` : `${login} has a new password, not shown again: ${password}`,
			);
		});
	withBy(user.command("role"))
		.description("Set a person's roles in place of those they have, at once")
		.argument("<login>", "one of `user list`")
		.argument("<role...>", roles.join(", "))
		.action(async (login: string, texts: string[], options: ByOptions, command: Command) => {
			const given = [...new Set(texts.map(parseRole))];
			await withParts(async ({ stores }) =>
				stores.users.setRoles((await requireUser(stores, login)).id, given, doerOf(options)),
			);
			print(command, { login, roles: given }, () => `${login} is ${given.join(", ")}`);
		});
}

function addSwitches(user: Command): void {
	for (const [verb, isDisabled] of [
		["disable", true],
		["enable", false],
	] as const) {
		withBy(user.command(verb))
			.description(isDisabled ? "Lock a person out, at once" : "Let a person in again")
			.argument("<login>", "one of `user list`")
			.action(async (login: string, options: ByOptions, command: Command) => {
				await withParts(async ({ stores }) =>
					stores.users.setDisabled((await requireUser(stores, login)).id, isDisabled, doerOf(options)),
				);
				print(command, { login, isDisabled }, (one) => `${one.login} is ${isDisabled ? "disabled" : "active"}`);
			});
	}
}

async function requireUser({ users }: Pick<Parts["stores"], "users">, login: string): Promise<User> {
	const found = await users.findForLogin(login.trim().toLowerCase());
	if (found === null) throw unknownId({ what: "login", list: "user list" }, login);
	return found.user;
}

function parseRole(text: string): Role {
	const parsed = role.safeParse(text);
	if (!parsed.success) throw new UsageError(`there is no role ${text}; there are: ${roles.join(", ")}`);
	return parsed.data;
}

async function choosePassword({ passwordStdin }: PasswordOptions, login: string) {
	if (passwordStdin !== true) return { password: newFirstPassword(), isGiven: false };
	const password = await readSecret("password: ");
	const fault = passwordFault(password, login);
	if (fault !== null) throw new UsageError(sentence(english, fault));
	return { password, isGiven: true };
}
