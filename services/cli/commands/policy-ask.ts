// `breakwater policy ask`: what another revision, or a proposal, would have made of the verdicts of the past.
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { type PolicyProposalId, policyProposalId } from "../../core/ids.ts";
import { outlookOf } from "../../core/policy/past-question.ts";
import type { PolicySet } from "../../core/policy/policy-set.ts";
import type { FactRange } from "../../core/ports/fact-store.ts";
import type { AskedPolicy, PolicyQuestion } from "../../core/ports/question-store.ts";
import { askPolicy } from "../../parts/ask-policy.ts";
import type { Parts } from "../../parts/parts.ts";
import { describeQuestion } from "../describe-question.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, operatorName, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { startProgress } from "../progress-bar.ts";
import { exitCodes } from "../report-error.ts";
import { requireRevision } from "../require-revision.ts";
import { parseId, unknownId } from "../unknown-id.ts";
import { untilInterrupted } from "../until-interrupted.ts";

interface Options extends ByOptions {
	readonly revision?: number;
	readonly proposal?: string;
	readonly from?: string;
	readonly to?: string;
	readonly sample: number;
}

const defaultSpanMs = 30 * 86_400_000;
const listed = { what: "proposal of a policy", list: "policy proposals --all" };
const help = `
It works every verdict of that time out anew from what was recorded of the item, counts where it goes another way than was done, says what people
decided of those items since, and how many of the answers are doubted: where the asked policy lets something be looked at that nobody looked at. Breakers
are left out of account. With --sample a part is looked at, as if drawn, and the numbers for all are intervals (95 %). Ctrl-C stops it after the page
at hand: the same command without --from and --to goes on from there.`;

export function addAskCommand(policy: Command): void {
	withBy(policy.command("ask"))
		.description(
			"Ask what another revision, or a proposal, would have done with the verdicts of the past; changes nothing",
		)
		.option("--revision <n>", "a revision, see `breakwater policy history`", parseCount)
		.option("--proposal <id>", "a proposal, see `breakwater policy proposals`")
		.option("--from <when>", `${timeHelp} (default: 30d)`)
		.option("--to <when>", `${timeHelp} (default: now)`)
		.option("--sample <percent>", "look at so many of a hundred verdicts", parsePercent, 100)
		.addHelpText("after", help)
		.action(async (options: Options, command: Command) => {
			using until = untilInterrupted();
			const question = await withParts((parts) => run(parts, options, until.signal));
			print(command, toJson(question), () => describeQuestion(question));
			if (question.state === "running") process.exitCode = exitCodes.failed;
		});
}

async function run(parts: Parts, options: Options, signal: AbortSignal): Promise<PolicyQuestion> {
	const { stores, signalCatalogue, clock } = parts;
	const { asked, set } = await requireAsked(parts, options);
	const range = rangeOf(options, clock.now());
	const begun =
		(range === null ? await stores.questions.unfinished(asked) : null) ??
		(await stores.questions.begin({
			...{ asked, share: options.sample / 100, startedBy: operatorName(options) },
			range: range ?? { from: new Date(clock.now() - defaultSpanMs), to: new Date(clock.now()) },
		}));
	const progress = startProgress("verdicts", Math.round(begun.verdicts * begun.share));
	progress.to(begun.tally.examined);
	try {
		return await askPolicy({ ...stores, signalCatalogue }, begun, { set, signal, onPage: progress.to });
	} finally {
		progress.stop();
	}
}

async function requireAsked(
	{ stores }: Parts,
	{ revision, proposal }: Options,
): Promise<{ readonly asked: AskedPolicy; readonly set: PolicySet }> {
	if ((revision === undefined) === (proposal === undefined))
		throw new UsageError("name what is asked: either --revision or --proposal");
	if (revision !== undefined) {
		const { set } = await requireRevision(stores, revision);
		return { asked: { kind: "revision", revision }, set };
	}
	const id: PolicyProposalId = parseId(policyProposalId, proposal ?? "", listed);
	const found = await stores.policy.findProposal(id);
	if (found === null) throw unknownId(listed, proposal ?? "");
	return { asked: { kind: "proposal", id }, set: found.set };
}

/** Null: one that was stopped goes on, and without one the last month is asked about. */
function rangeOf(options: Options, nowMs: number): FactRange | null {
	if (options.from === undefined && options.to === undefined) return null;
	const from = options.from === undefined ? new Date(nowMs - defaultSpanMs) : parseTime(options.from, nowMs);
	const to = options.to === undefined ? new Date(nowMs) : parseTime(options.to, nowMs);
	if (from >= to) throw new UsageError("--from must be before --to");
	return { from, to };
}

function parsePercent(text: string): number {
	const percent = Number(text);
	if (!(percent > 0 && percent <= 100)) throw new InvalidArgumentError("It is more than 0 and at most 100.");
	return percent;
}

function toJson({ through: _own, tally, ...about }: PolicyQuestion) {
	const { examined, doubted } = tally;
	return { ...about, examined, doubted, flows: outlookOf(tally, about.verdicts) };
}
