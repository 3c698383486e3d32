// Whatever a command takes an id or a name of, a wrong one is an error: exit code 1, a sentence that names it, and nothing done.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Command } from "commander";
import { createProgram } from "../../../services/cli/program.ts";
import { breakwater } from "../../support/cli-in-process.ts";
import { createTestDatabase, type TestDatabase } from "../../support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	process.env.BREAKWATER_DATABASE_URL = database.url;
	process.env.BREAKWATER_EVENT_SECRETS = "quiet".repeat(8);
	await breakwater("bank", "create", "known", "--category", "csam");
});
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_EVENT_SECRETS;
	await database[Symbol.asyncDispose]();
});

const id = "01a20fae-505c-78e3-9cfa-014a63f147d0";
const by = ["--by", "an"];
const why = ["--why", "nobody needs it"];

/** By command: the command lines with a wrong id or name of each kind that it takes. */
const wrong: Readonly<Record<string, readonly (readonly string[])[]>> = {
	"rules advance": [["unknown", "--to", "shadow", "--login", "an", ...why]],
	"rules approve": [["unknown", "--login", "an"]],
	"rules backtest": [["unknown", ...by]],
	"rules back": [["unknown", ...by, ...why]],
	"rules lift": [["unknown", "--login", "an", ...why]],
	"rules shadow": [["unknown"]],
	"rules show": [["unknown"]],
	"rules stop": [["unknown", ...by, ...why]],
	"rules snooze": [["unknown", "--account", "unknown/loud", "--until", "2027-06-01", ...by, ...why]],
	"rules snoozes": [["unknown"]],
	"rules wake": [
		[id, ...by, ...why],
		["unknown", ...by, ...why],
	],
	"authority disable": [["unknown", ...by]],
	"authority rotate-key": [["unknown"]],
	"authority login add": [["unknown", "somebody"]],
	"authority login reset": [["unknown"]],
	"authority login disable": [["unknown"]],
	"authority login enable": [["unknown"]],
	"authority enable": [["unknown", ...by]],
	"bank add": [["unknown", "README.md"]],
	"bank approve": [[id], ["unknown"]],
	"bank disable": [["unknown"]],
	"bank enable": [["unknown"]],
	"bank export": [["unknown"]],
	"bank history": [["unknown"], ["known", "--before", "99"]],
	"bank import": [["unknown", "README.md"]],
	"bank judge": [
		[id, "confirm", ...why],
		["unknown", "confirm", ...why],
	],
	"bank reject": [[id], ["unknown"]],
	"bank remove": [["unknown", "--yes"]],
	"bank revert": [
		["unknown", "--to", "1"],
		["known", "--to", "99"],
	],
	"bank set": [["unknown", "--shadow"]],
	"bank show": [["unknown"]],
	"breakers close": ["bank", "platform", "entry", "model"].map((kind) => [kind, "unknown", "--reason", "x"]),
	"breakers open": ["bank", "platform", "entry", "model"].map((kind) => [kind, "unknown", "--reason", "x"]),
	"clocks count": [["unknown", "--received", "2026-11-28T09:00:00Z"]],
	"clocks explain": [[id], ["unknown"]],
	"clocks list": [
		["--case", id],
		["--case", "unknown"],
	],
	"clocks show": [[id], ["unknown"]],
	"clocks tell": [
		[id, "order-acknowledged", "--reason", "x"],
		["unknown", "order-acknowledged", "--reason", "x"],
	],
	"sweep show": [[id], ["unknown"]],
	"outbreaks show": [[id], ["unknown"]],
	"appeals list": [
		["--case", id],
		["--case", "unknown"],
	],
	"appeals show": [[id], ["unknown"]],
	"strikes show": [["unknown", "an-account"]],
	"sweep pause": [
		[id, "--reason", "x"],
		["unknown", "--reason", "x"],
	],
	"sweep resume": [[id, "--reason", "x"]],
	"sweep cancel": [[id, "--reason", "x"]],
	"sweep approve": [[id, "--login", "lan", "--reason", "x"]],
	"platform set-addresses": [["unknown", "--none"]],
	"platform set-jurisdictions": [["unknown", "--none"]],
	"platform set-country": [["unknown", "--none"]],
	"reporter disable": [["unknown"]],
	"reporter enable": [["unknown"]],
	"reporter rotate-key": [["unknown"]],
	"dead-letters discard": [
		[id, ...why],
		["unknown", ...why],
	],
	"dead-letters replay": [[id], ["unknown"]],
	"dead-letters show": [[id], ["unknown"]],
	"jobs discard": [["unknown", ...why]],
	"jobs replay": [["unknown"]],
	"jobs show": [["unknown"]],
	"model accept": [
		[id, ...by],
		["unknown", ...by],
	],
	"model calibrate": [["unknown"], ["nsfwjs-mobilenet-v2", "--platform", "unknown"]],
	"model calibration": [["unknown"]],
	"model reject": [
		[id, ...by],
		["unknown", ...by],
	],
	"model rollback": [["--to", "99"]],
	"model shadow": [["unknown"]],
	"orders discard": [
		[id, ...why],
		["unknown", ...why],
	],
	"orders replay": [[id], ["unknown"]],
	"orders show": [[id], ["unknown"]],
	"platform add-key": [["unknown"]],
	"platform disable": [["unknown"]],
	"platform enable": [["unknown"]],
	"platform feed-key": [["unknown"]],
	"platform rotate-key": [["unknown"]],
	"platform set-webhook": [["unknown", "--none"]],
	"platform test": [["unknown"]],
	"policy ask": [
		["--revision", "99", ...by],
		["--proposal", id, ...by],
	],
	"policy accept": [
		[id, "--login", "an"],
		["unknown", "--login", "an"],
	],
	"clocks profiles accept": [
		[id, "--login", "an"],
		["unknown", "--login", "an"],
	],
	"clocks profiles recount": [["unknown", "--login", "an", ...why]],
	"clocks profiles reject": [
		[id, "--login", "an", ...why],
		["unknown", "--login", "an", ...why],
	],
	"clocks profiles revert": [["--to", "99", "--login", "an", ...why]],
	"clocks profiles show": [["--revision", "99"]],
	"templates accept": [
		[id, "--login", "an"],
		["unknown", "--login", "an"],
	],
	"templates reject": [
		[id, "--login", "an", ...why],
		["unknown", "--login", "an", ...why],
	],
	"templates revert": [["--to", "99", "--login", "an", ...why]],
	"templates preview": [
		["reporter", "removed", "--case", id],
		["reporter", "removed", "--proposal", "unknown"],
	],
	"silences begin": [[id, "--login", "an", ...why]],
	"silences end": [
		[id, "--login", "an", ...why],
		["unknown", "--login", "an", ...why],
	],
	"silences list": [["--case", id]],
	"policy reject": [
		[id, "--login", "an", ...why],
		["unknown", "--login", "an", ...why],
	],
	"policy revert": [["--to", "99", "--login", "an", ...why]],
	"policy show": [
		["--revision", "99"],
		["--platform", "unknown"],
	],
	"trends drop": [["unknown", ...by]],
	"trends view": [["unknown"]],
	"trends volumes": [["--platform", "unknown"]],
	"user disable": [["unknown"]],
	"user enable": [["unknown"]],
	"user password": [["unknown"]],
	"user role": [["unknown", "lead"]],
};

/** They name what is not there yet, files, or one of a few words. */
const nameNothing = new Set([
	"authority add",
	"bank create",
	"hash",
	"clocks profiles propose",
	"platform add",
	"policy propose",
	"templates propose",
	"templates show",
	"reporter add",
	...["rules apply", "rules check", "rules draft"],
	"scan",
	"trends save",
	"user add",
]);

function leaves(command: Command, path: readonly string[] = []): readonly { path: string; command: Command }[] {
	if (command.commands.length === 0) return [{ path: path.join(" "), command }];
	return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

test("no command that takes a name or an id is left out here", async () => {
	const taking = leaves(await createProgram(false)).filter(({ command }) => command.registeredArguments.length > 0);
	const paths = taking.map(({ path }) => path).filter((path) => !nameNothing.has(path));
	expect(paths.filter((path) => wrong[path] === undefined)).toEqual([]);
});

describe("is answered as unknown", () => {
	const lines = Object.entries(wrong).flatMap(([path, all]) => all.map((args) => [...path.split(" "), ...args]));
	test.each(lines.map((args) => [args.join(" "), args] as const))(
		"%s",
		async (_name, args) => {
			const { code, out, err } = await breakwater("--json", ...args);
			expect({ code, out }).toEqual({ code: 1, out: "" });
			const { message } = JSON.parse(err).error;
			expect(message).toMatch(/unknown|99|01a20fae|an\b/);
			expect(message).not.toMatch(/\n|invalid input syntax/);
		},
		30_000,
	);

	test("several at once, one of them wrong: nothing is done with the others", async () => {
		const { code, err } = await breakwater("orders", "replay", id, "unknown");
		expect({ code, err }).toEqual({
			code: 1,
			err: `breakwater: there is no stuck order ${id}, unknown; see \`breakwater orders list\`\n`,
		});
	});
});
