// `breakwater authority login …`: who may log in to the portal for an authority. They choose a password of their own and a second factor there.
import type { Command } from "commander";
import { isSetUp } from "../../core/authorities/account.ts";
import { newFirstPassword } from "../first-password.ts";
import { hashPassword, withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { requireAuthority } from "../require-authority.ts";
import { unknownId } from "../unknown-id.ts";

const listed = { what: "login of an authority", list: "authority login list" };

export function addLoginCommands(authority: Command): void {
	const login = authority.command("login").description("Those who log in to the portal for an authority");
	withBy(login.command("add"))
		.description("Let somebody log in for an authority; prints a first password, once")
		.argument("<authority>", "see `authority list`")
		.argument("<login>", "lower-case login")
		.action(async (name: string, typed: string, options: ByOptions, command: Command) => {
			const chosen = parseLogin(typed);
			const password = newFirstPassword();
			const passwordHash = await hashPassword(password);
			await withParts(async ({ stores }) => {
				const { id } = await requireAuthority(stores.authorities, name);
				await stores.authorityAccounts.add({ authority: id, login: chosen, passwordHash }, doerOf(options));
			});
			print(command, { authority: name, login: chosen, password }, () => firstPassword(chosen, password));
		});
	login
		.command("list")
		.description("List them, and whether each has secured the account")
		.action(async (_options: unknown, command: Command) => {
			const all = await withParts(({ stores }) => stores.authorityAccounts.list());
			const shown = all.map((one) => ({
				...{ authority: one.authority.name, login: one.login },
				...{ isSetUp: isSetUp(one), isDisabled: one.isDisabled },
			}));
			print(command, shown, (found) =>
				table(
					["authority", "login", "second factor", "state"],
					found.map((one) => [
						...[one.authority, one.login, one.isSetUp ? "set up" : "not yet"],
						one.isDisabled ? "disabled" : "enabled",
					]),
				),
			);
		});
	withBy(login.command("reset"))
		.description("Give a first password anew; the second factor, its recovery codes and all sessions end")
		.argument("<login>", "see `authority login list`")
		.action(async (name: string, options: ByOptions, command: Command) => {
			const password = newFirstPassword();
			const passwordHash = await hashPassword(password);
			const by = doerOf(options);
			const isThere = await withParts(({ stores }) => stores.authorityAccounts.reset(name, passwordHash, by));
			if (!isThere) throw unknownId(listed, name);
			print(command, { login: name, password }, () => firstPassword(name, password));
		});
	for (const verb of ["disable", "enable"] as const) {
		withBy(login.command(verb))
			.description(verb === "disable" ? "Shut somebody out, at once" : "Let somebody in again")
			.argument("<login>", "see `authority login list`")
			.action(async (name: string, options: ByOptions, command: Command) => {
				const isDisabled = verb === "disable";
				const by = doerOf(options);
				const isThere = await withParts(({ stores }) => stores.authorityAccounts.setDisabled(name, isDisabled, by));
				if (!isThere) throw unknownId(listed, name);
				print(command, { login: name, isDisabled }, () => `${name} is ${verb}d`);
			});
	}
}

function parseLogin(typed: string): string {
	const login = typed.trim().toLowerCase();
	if (login === "" || login.length > 128) throw new UsageError("a login has 1 to 128 characters");
	return login;
}

function firstPassword(login: string, password: string): string {
	return `${login} chooses a password and a second factor at the first login; first password, not shown again: ${password}`;
}
