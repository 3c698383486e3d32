import type { Command } from "commander";
import { lawsOfAuthorities } from "../../core/authorities/authority-request.ts";
import { hashOfKey, newKey } from "../../runtime/bearer-key.ts";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parsePlatformName, UsageError } from "../parse-options.ts";
import { listedAuthorities, requireAuthority } from "../require-authority.ts";
import { addRotateKey } from "../rotate-key.ts";
import { unknownId } from "../unknown-id.ts";
import { addLoginCommands } from "./authority-login.ts";

interface AddOptions {
	readonly jurisdiction: string;
	readonly law: string[];
	readonly by?: string;
}

export function addAuthorityCommands(program: Command): void {
	const authority = program.command("authority").description("Authorities: who may ask, and by which laws");
	withBy(authority.command("add"))
		.description("Register an authority; prints its key, once")
		.argument("<name>", "lower-case letters, digits and dashes")
		.requiredOption("--jurisdiction <country>", "two letters, such as VN")
		.requiredOption("--law <profile...>", "the laws by which it asks, such as VN-CSL25 (`clocks laws` lists them)")
		.action(async (typed: string, options: AddOptions, command: Command) => {
			const name = parsePlatformName(typed);
			const { jurisdiction, law: laws } = options;
			const { set } = await withParts(({ stores }) => stores.laws.current());
			const known = lawsOfAuthorities(jurisdiction, set);
			const wrong = laws.filter((law) => !known.includes(law));
			if (wrong.length > 0)
				throw new UsageError(
					`${wrong.join(", ")}: authorities of ${jurisdiction} ask by ${known.join(", ") || "no law that is known here"}`,
				);
			const key = newKey("authority", name);
			const by = doerOf(options);
			const { id } = await withParts(({ stores }) =>
				stores.authorities.add({ name, jurisdiction, laws }, hashOfKey(key), by),
			);
			print(command, { id, name, jurisdiction, laws, apiKey: key }, () =>
				[`added authority ${name}; keep this, it is not shown again:`, `  API key  ${key}`].join("\n"),
			);
		});
	authority
		.command("list")
		.description("List authorities")
		.action(async (_options: unknown, command: Command) => {
			const all = await withParts(({ stores }) => stores.authorities.list());
			print(command, all, (found) =>
				table(
					["name", "jurisdiction", "laws", "state"],
					found.map((one) => [one.name, one.jurisdiction, one.laws.join(" "), one.isEnabled ? "enabled" : "disabled"]),
				),
			);
		});
	addLoginCommands(authority);
	addRotateKey(authority, "authority", async ({ authorities }, name, key, rotation) => {
		const { id } = await requireAuthority(authorities, name);
		await authorities.rotateKeys(id, key, rotation);
	});
	for (const [verb, isEnabled, does] of [
		["enable", true, "Let an authority ask again"],
		["disable", false, "Shut an authority out: its key opens nothing"],
	] as const) {
		withBy(authority.command(verb))
			.description(does)
			.argument("<name>", "authority")
			.action(async (name: string, options: { by?: string }, command: Command) => {
				const by = doerOf(options);
				const changed = await withParts(({ stores }) => stores.authorities.setEnabled(name, isEnabled, by));
				if (changed === null) throw unknownId(listedAuthorities, name);
				print(command, changed, ({ name: which }) => `${which} is ${isEnabled ? "enabled" : "disabled"}`);
			});
	}
}
