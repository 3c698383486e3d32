import { expect, test } from "@jest/globals";
import { Command } from "commander";
import { commandGroups, groupsNamed } from "../../../services/cli/command-groups.ts";

test.each(commandGroups.map((group) => [group.nouns.join(", "), group] as const))(
	"the file of %s adds these nouns and no others",
	async (_name, { nouns, load }) => {
		const program = new Command();
		(await load())(program);
		expect(program.commands.map((command) => command.name())).toEqual(nouns);
	},
);

test("a line loads the commands of its noun alone, whatever stands before and after it", () => {
	for (const line of ["bank list", "--json bank list", "bank --help", "bank rename user acts"])
		expect(groupsNamed(line.split(" ")).map(({ nouns }) => nouns)).toEqual([["bank"]]);
});

test("help, and a line that names no noun, know all commands", () => {
	for (const line of ["", "--help", "--version", "help bank", "bnak list"])
		expect(groupsNamed(line.split(" ").filter(Boolean))).toBe(commandGroups);
});
