// What `--help` leaves nobody to guess: every command, argument and option says what it is.
import { expect, test } from "@jest/globals";
import type { Command } from "commander";
import { createProgram } from "../../../services/cli/program.ts";

function unsaid(command: Command, above: readonly string[] = []): readonly string[] {
	const path = [...above, command.name()];
	const parts = [
		["", command.description()],
		...command.registeredArguments.map((one) => [` ${one.name()}`, one.description] as const),
		...command.options.map((one) => [` ${one.flags}`, one.description] as const),
	] as const;
	return [
		...parts.flatMap(([name, description]) => (description === "" ? [path.join(" ") + name] : [])),
		...command.commands.flatMap((child) => unsaid(child, path)),
	];
}

test("every command, argument and option is described", async () => {
	expect(unsaid(await createProgram(false))).toEqual([]);
});
