import type { Command } from "commander";
import { type SweepId, sweepId } from "../../core/ids.ts";
import type { Coverage, Sweep, SweepTally } from "../../core/ports/sweep-store.ts";
import type { SweepAct } from "../../core/sweeps/sweep.ts";
import type { Parts } from "../../parts/parts.ts";
import { withParts } from "../lazy-compose.ts";
import { operatorName, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { provenPerson } from "../second-person.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "sweep", list: "sweep list" };

type Shown = Sweep & { readonly tally: SweepTally };

export function addSweepCommands(program: Command): void {
	const sweep = program
		.command("sweep")
		.description(
			"Sweeps: earlier items meet entries that came or changed after them; one begins by itself with every change",
		);
	sweep
		.command("list")
		.description("List sweeps, newest first, and how far past hashes have been compared")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ limit }: { readonly limit: number }, command: Command) => {
			const shown = await withParts(async ({ stores }) => ({
				coverage: await stores.sweeps.coverage(),
				sweeps: await stores.sweeps.list(limit),
			}));
			print(command, { ...shown, sweeps: shown.sweeps.map(toJson) }, () => describeAll(shown.coverage, shown.sweeps));
		});
	sweep
		.command("show")
		.argument("<id>")
		.description("Show what a sweep compares, what it has found by tier, and how far it is")
		.action(async (id: string, _, command: Command) => {
			const found = await withParts((parts) => requireSweep(parts, id));
			print(command, toJson(found), () => describeOne(found));
		});
	withBy(sweep.command("start"))
		.description("Compare past hashes once more with all that changed in banks after a sequence")
		.option("--from <sequence>", "changes after this one, as `bank history` numbers them", parseCount, 0)
		.action(async (options: { readonly from: number; readonly by?: string }, command: Command) => {
			const started = await withParts(({ stores, clock }) =>
				stores.sweeps.start(options.from, operatorName(options), new Date(clock.now())),
			);
			print(command, started, ({ id, toSequence }) => `started ${id}, over changes up to ${toSequence}`);
		});
	addAct(sweep, "pause", "Have a sweep wait, wherever it is");
	addAct(sweep, "resume", "Let a paused sweep go on where it stopped");
	addAct(sweep, "cancel", "End a sweep; what it has withheld stays withheld");
	addApprove(sweep);
}

function addAct(sweep: Command, act: Exclude<SweepAct, "approve">, description: string): void {
	withBy(sweep.command(act))
		.argument("<id>")
		.description(description)
		.requiredOption("--reason <text>", "kept in the log of acts")
		.action(async (text: string, options: { readonly reason: string; readonly by?: string }, command: Command) => {
			const reason = requireReason(options.reason);
			const after = await withParts(async (parts) => {
				const { id } = await requireSweep(parts, text);
				return parts.stores.sweeps.act(id, act, { by: operatorName(options), reason });
			});
			print(command, after, ({ id, state, isPaused }) => `${id} is ${isPaused ? "paused" : state}`);
		});
}

interface ApproveOptions {
	readonly login: string;
	readonly passwordFile?: string;
	readonly reason: string;
}

function addApprove(sweep: Command): void {
	sweep
		.command("approve")
		.argument("<id>")
		.description("Agree to what a sweep has found, where that is more than it may do by itself")
		.requiredOption("--login <login>", "the second person's login in the console; asks for the password")
		.option("--password-file <file>", "holds the password")
		.requiredOption("--reason <text>", "kept in the log of acts")
		.addHelpText("after", "\nWhoever made one of the changes that it compares, or started it, cannot agree to it.")
		.action(async (text: string, options: ApproveOptions, command: Command) => {
			const reason = requireReason(options.reason);
			const after = await withParts(async (parts) => {
				const { id } = await requireSweep(parts, text);
				const { login: by } = await provenPerson(parts, options.login, {
					permission: "bank:change",
					...(options.passwordFile === undefined ? {} : { passwordFile: options.passwordFile }),
				});
				return parts.stores.sweeps.act(id, "approve", { by, reason });
			});
			print(command, after, ({ id, state }) => `${id} is ${state}`);
		});
}

function requireReason(reason: string): string {
	if (reason.trim() === "") throw new UsageError("--reason needs a text");
	return reason.trim();
}

async function requireSweep({ stores }: Parts, text: string): Promise<Shown> {
	const id: SweepId = parseId(sweepId, text, listed);
	const found = await stores.sweeps.find(id);
	if (found === null) throw unknownId(listed, text);
	return found;
}

/** Where it is within a pass is its own matter. */
function toJson({ cursor: _cursor, tailFrom: _from, through: _through, ...sweep }: Shown) {
	return sweep;
}

function describeAll({ throughSequence, bankSequence, gaps }: Coverage, sweeps: readonly Shown[]): string {
	const rows = sweeps.map(({ id, tally, ...one }) => [
		...[id, stateOf(one), `${one.fromSequence + 1}–${one.toSequence}`, one.startedBy ?? "itself", one.entries],
		...[one.compared, tally.found, dueOf(tally), tally.withheld, tally.putBeforePeople],
	]);
	const columns = ["id", "state", "changes", "by", "entries", "compared", "found", "due", "withheld", "before people"];
	const canceled = gaps.map(({ fromSequence, toSequence }) => `${fromSequence + 1}–${toSequence}`).join(", ");
	return [
		table(columns, rows),
		"",
		`past hashes are compared with changes up to ${throughSequence} of ${bankSequence}${canceled === "" ? "" : `; canceled: ${canceled}`}`,
	].join("\n");
}

function stateOf({ state, isPaused }: Pick<Sweep, "state" | "isPaused">): string {
	return isPaused ? `${state} (paused)` : state;
}

function dueOf({ due }: SweepTally): number {
	return due.reduce((sum, { items }) => sum + items, 0);
}

function describeOne(sweep: Shown): string {
	const { tally } = sweep;
	const lines = [
		`state           ${stateOf(sweep)}`,
		`changes         ${sweep.fromSequence + 1}–${sweep.toSequence}, ${sweep.entries} entries`,
		`started         ${sweep.startedAt.toISOString()} by ${sweep.startedBy ?? "itself"}`,
		`hashes compared ${sweep.compared}`,
		`items found     ${tally.found}, judged again ${tally.judged}`,
		`to be done      ${dueOf(tally)}, on ${tally.platforms} platforms, the oldest from ${tally.oldestAt?.toISOString() ?? "–"}`,
		...(sweep.allowedItems === null ? [] : [`by itself       up to ${sweep.allowedItems}`]),
		...(sweep.approvedBy === null ? [] : [`agreed to by    ${sweep.approvedBy}`]),
		`withheld        ${tally.withheld}`,
		`before people   ${tally.putBeforePeople}`,
		...(sweep.endedAt === null ? [] : [`ended           ${sweep.endedAt.toISOString()}`]),
	];
	const due = tally.due.map(({ tier, effect, items }) => [tier, effect, items]);
	return due.length === 0 ? lines.join("\n") : `${lines.join("\n")}\n\n${table(["tier", "what", "items"], due)}`;
}
