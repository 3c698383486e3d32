// Appeals: what waits for people who did not decide before, and what they came to. Deciding is for people at the console.
import type { Command } from "commander";
import { appealId } from "../../core/ids.ts";
import type { Appeal } from "../../core/ports/appeal-store.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";
import { requireCase } from "../require-case.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "appeal", list: "appeals list --all" };
const appellantWords = { user: "affected user", reporter: "reporter" } as const;

interface ListOptions {
	readonly all?: true;
	readonly case?: string;
	readonly limit: number;
}

export function addAppealCommands(program: Command): void {
	const appeals = program
		.command("appeals")
		.description("Appeals: people who ask that others decide once more; the console decides them");
	appeals
		.command("list")
		.description("List appeals that wait for people, the oldest first")
		.option("--all", "those that were decided, too")
		.option("--case <id>", "on one case")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async ({ all, case: text, limit }: ListOptions, command: Command) => {
			const found = await withParts(async ({ stores }) => {
				const of = text === undefined ? {} : { caseId: await requireCase(stores.cases, text) };
				return stores.appeals.list({ ...of, isWaiting: all !== true, limit });
			});
			print(command, found, (rows) =>
				rows.length === 0
					? "no appeal waits"
					: table(["id", "case", "by", "through", "received", "outcome"], rows.map(toRow)),
			);
		});
	appeals
		.command("show")
		.argument("<id>", "one of `appeals list`")
		.description("Show one appeal: by whom, against what, in which words, and what people made of it")
		.action(async (text: string, _, command: Command) => {
			const id = parseId(appealId, text, listed);
			const found = await withParts(({ stores }) => stores.appeals.find(id));
			if (found === null) throw unknownId(listed, text);
			print(command, found, describe);
		});
}

function toRow({ id, caseId: of, by, channel, receivedAt, settled }: Appeal) {
	return [id, of, appellantWords[by], channel, receivedAt.toISOString(), settled?.outcome ?? "waits"];
}

function describe({ caseId: of, by, channel, orderId, text, receivedAt, settled }: Appeal): string {
	return [
		`by        ${appellantWords[by]}, through the ${channel}`,
		`case      ${of}`,
		...(orderId === null ? [] : [`order     ${orderId}`]),
		`received  ${receivedAt.toISOString()}`,
		`outcome   ${settled === null ? "waits for people" : `${settled.outcome} at ${settled.at.toISOString()}`}`,
		by === "reporter" ? "their words are with their report, for those who answer it" : `\n${text}`,
	].join("\n");
}
