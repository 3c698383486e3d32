import type { Command } from "commander";
import { actCode, actCodes } from "../../core/acts/act-catalogue.ts";
import { subjectKinds } from "../../core/acts/act-kind.ts";
import type { ActFilter } from "../../core/ports/act-log.ts";
import { parseSubject } from "../../core/wire/acts-api.ts";
import { toLine } from "../act-lines.ts";
import { withParts } from "../lazy-compose.ts";
import { print, printLine, wantsJson } from "../output.ts";
import { parseCount, parseSequence, UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { pause, untilInterrupted } from "../until-interrupted.ts";

interface FilterOptions {
	readonly actor?: string;
	readonly on?: string;
	readonly what?: string;
	readonly since?: string;
}

interface ListOptions extends FilterOptions {
	readonly before?: number;
	readonly limit: number;
}

const lookEveryMs = 1_000;
const perLook = 500;

export function addActCommands(program: Command): void {
	const acts = program
		.command("acts")
		.description("What machines and people did and saw, in one sequence without gaps");
	withFilter(acts.command("list").description("List acts, newest first; reasons are quoted"))
		.option("--before <sequence>", "those before this one: the next page", parseCount)
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: ListOptions, command: Command) => {
			const { before, limit } = options;
			const filter = toFilter(options);
			const found = await withParts(({ stores }) => stores.acts.list({ ...filter, before, limit }));
			print(command, found, (all) => (all.length === 0 ? "(none)" : all.map(toLine).join("\n")));
		});
	withFilter(acts.command("follow").description("Print acts as they happen, oldest first, until interrupted"))
		.option("--after <sequence>", "those after this one; 0 for all (default: from now on)", parseSequence)
		.action(async (options: FilterOptions & { readonly after?: number }, command: Command) => {
			const filter = toFilter(options);
			using interrupted = untilInterrupted();
			const say = wantsJson(command) ? JSON.stringify : toLine;
			await withParts(async ({ stores }) => {
				let after = options.after ?? (await stores.acts.list({ limit: 1 }))[0]?.sequence ?? 0;
				while (!interrupted.signal.aborted) {
					const found = await stores.acts.list({ ...filter, after, limit: perLook });
					for (const act of found) printLine(say(act));
					after = found.at(-1)?.sequence ?? after;
					if (found.length < perLook) await pause(lookEveryMs, interrupted.signal);
				}
			});
		});
}

function withFilter(command: Command): Command {
	return command
		.option("--actor <name>", "by this login, name on the command line, platform's key, or machine")
		.option("--on <kind:id>", `on a kind of thing, or on one: ${subjectKinds.join(", ")}`)
		.option("--what <code>", "of one kind; a wrong one lists them all")
		.option("--since <time>", timeHelp);
}

function toFilter({ actor, on, what, since }: FilterOptions): ActFilter {
	const code = what === undefined ? null : actCode.safeParse(what);
	if (code?.success === false) throw new UsageError(`there is no act ${what}; there are: ${actCodes.join(", ")}`);
	const subject = on === undefined ? undefined : parseSubject(on);
	if (subject === null) throw new UsageError(`${on} is not one of ${subjectKinds.join(", ")}, or that and :id`);
	return {
		...{ actor, on: subject, what: code?.data },
		since: since === undefined ? undefined : parseTime(since, Date.now()),
	};
}
