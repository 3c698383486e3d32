// `breakwater silences …`: nobody outside is told of a case while a law forbids it. Beginning and ending one are two acts of people who prove who they are.
import type { Command } from "commander";
import { isSilenceAhead } from "../../core/answers/silence-end.ts";
import { silenceId } from "../../core/ids.ts";
import type { Permission } from "../../core/people/user.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { requireCase } from "../require-case.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const permission: Permission = "telling:hold";
const listed = { what: "silence that lasts", list: "silences list" };

export function addSilenceCommands(program: Command): void {
	const silences = program
		.command("silences")
		.description(
			"Cases of which nobody outside is told, because a law forbids it: begun by an authority's request or here",
		);
	addList(silences);
	addBegin(silences);
	addEnd(silences);
}

function addList(silences: Command): void {
	silences
		.command("list")
		.description("List those that last, the oldest first; what is held is told once they end")
		.option("--case <id>", "only of this case")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: { readonly case?: string; readonly limit: number }, command: Command) => {
			const all = await withParts(async ({ stores }) => {
				const of = options.case === undefined ? {} : { caseId: await requireCase(stores.cases, options.case) };
				return stores.silences.list({ ...of, limit: options.limit });
			});
			print(command, all, () =>
				table(
					["id", "case", "asked by", "reason", "begun", "until"],
					all.map(({ id, caseId, askedBy, begunBy, reason, begunAt, until }) => [
						...[id, caseId, askedBy === null ? begunBy : `${askedBy.authority} (${askedBy.reference})`, reason],
						...[begunAt.toISOString(), until?.toISOString() ?? "somebody ends it"],
					]),
				),
			);
		});
}

interface BeginOptions extends ProvenOptions {
	readonly why: string;
	readonly until?: string;
}

function addBegin(silences: Command): void {
	withLogin(silences.command("begin"))
		.description("Hold back what the affected user and reporters of a case are told; what was told before stays told")
		.argument("<case>", "its id")
		.requiredOption("--why <law>", "the law that forbids telling; kept for ever")
		.option("--until <time>", `when it ends by itself: ${timeHelp}`)
		.action(async (text: string, { why: reason, until, ...options }: BeginOptions, command: Command) => {
			const ends = until === undefined ? null : parseTime(until, Date.now());
			if (!isSilenceAhead(ends, new Date())) throw new UsageError("--until must lie ahead");
			await withParts(async (parts) => {
				const caseId = await requireCase(parts.stores.cases, text);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const id = await parts.stores.silences.begin({ caseId, reason, until: ends }, by, new Date());
				if (id === null) throw unknownId({ what: "case", list: "acts list --on case" }, text);
				print(command, { id, caseId }, () => `${id}: nobody outside is told of ${caseId}`);
			});
		});
}

function addEnd(silences: Command): void {
	withLogin(silences.command("end"))
		.description("Tell again: whoever was not told meanwhile is told now, unless another silence of the case lasts")
		.argument("<id>", "see `breakwater silences list`")
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (text: string, { why, ...options }: ProvenOptions & { readonly why: string }, command: Command) => {
			await withParts(async (parts) => {
				const id = parseId(silenceId, text, listed);
				const known = await parts.stores.silences.list({ limit: 10_000 });
				if (!known.some((one) => one.id === id)) throw unknownId(listed, text);
				const { id: userId } = await provenPerson(parts, options.login, { permission, ...options });
				const told = await parts.stores.silences.end(id, { userId, why }, new Date());
				if (told === null) throw unknownId(listed, text);
				print(
					command,
					told,
					() => `ended: ${told.reports} reporters are told, and ${told.statements} statements of reasons are sent`,
				);
			});
		});
}
