import type { Command } from "commander";
import { type SweepId, sweepId } from "../../core/ids.ts";
import { pastReaches, pastReachOf } from "../../core/sweeps/past-reach.ts";
import type { SweepAct } from "../../core/sweeps/sweep.ts";
import type { Parts } from "../../parts/parts.ts";
import { aboutOf, describeSweep, describeSweeps, type Shown } from "../describe-sweep.ts";
import { withParts } from "../lazy-compose.ts";
import { operatorName, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { provenPerson } from "../second-person.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "sweep", list: "sweep list" };

export function addSweepCommands(program: Command): void {
	const sweep = program
		.command("sweep")
		.description(
			"Sweeps: earlier items meet entries and rules that came or changed after them; one begins by itself with every change",
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
			print(command, { ...shown, reach: pastReaches(), sweeps: shown.sweeps.map(toJson) }, () =>
				describeSweeps(shown.coverage, shown.sweeps),
			);
		});
	sweep
		.command("show")
		.argument("<id>", "one of `sweep list`")
		.description("Show what a sweep compares, what it has found by tier, and how far it is")
		.action(async (id: string, _, command: Command) => {
			const { sweep, entries } = await withParts(async (parts) => {
				const found = await requireSweep(parts, id);
				return { sweep: found, entries: await parts.stores.sweeps.entriesByType(found) };
			});
			const byType = entries.map((one) => ({ ...one, reach: pastReachOf(one.type) }));
			print(command, { ...toJson(sweep), entriesByType: byType }, () => describeSweep(sweep, byType));
		});
	withBy(sweep.command("start"))
		.description(
			"Compare past hashes once more with all that changed in banks after a sequence, or ask a live rule of the past once more",
		)
		.option("--from <sequence>", "changes after this one, as `bank history` numbers them", parseCount, 0)
		.option("--rule <name>", "ask the live revision of this rule, by what verdicts recorded")
		.action(async (options: StartOptions, command: Command) => {
			const { from, rule } = options;
			const started = await withParts(({ stores: { sweeps }, clock }) => {
				const [by, now] = [operatorName(options), new Date(clock.now())];
				return rule === undefined ? sweeps.start(from, by, now) : sweeps.startRule(rule, by, now);
			});
			print(command, started, (sweep) => `started ${sweep.id}, over ${aboutOf(sweep)}`);
		});
	addAct(sweep, "pause", "Have a sweep wait, wherever it is");
	addAct(sweep, "resume", "Let a paused sweep go on where it stopped");
	addAct(sweep, "cancel", "End a sweep; what it has withheld stays withheld");
	addApprove(sweep);
}

function addAct(sweep: Command, act: Exclude<SweepAct, "approve">, description: string): void {
	withBy(sweep.command(act))
		.argument("<id>", "one of `sweep list`")
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

interface StartOptions {
	readonly from: number;
	readonly rule?: string;
	readonly by?: string;
}

interface ApproveOptions {
	readonly login: string;
	readonly passwordFile?: string;
	readonly reason: string;
}

function addApprove(sweep: Command): void {
	sweep
		.command("approve")
		.argument("<id>", "one of `sweep list`")
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
