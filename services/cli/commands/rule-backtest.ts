// `breakwater rules backtest`: what a rule would have done with the verdicts of the past.
import type { Command } from "commander";
import type { Backtest, BacktestCase } from "../../core/ports/backtest-store.ts";
import type { FactRange } from "../../core/ports/fact-store.ts";
import type { RuleRevision } from "../../core/ports/rule-store.ts";
import { precisionOf, shareOf } from "../../core/rules/backtest-tally.ts";
import { type CompiledRule, createRuleCompiler } from "../../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../core/rules/fact-catalogue.ts";
import { backtestRule } from "../../parts/backtest-rule.ts";
import { beginBacktest } from "../../parts/begin-backtest.ts";
import type { Parts } from "../../parts/parts.ts";
import { describeBacktest } from "../describe-backtest.ts";
import { describeFault } from "../describe-rule.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, operatorName, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { startProgress } from "../progress-bar.ts";
import { exitCodes } from "../report-error.ts";
import { unknownId } from "../unknown-id.ts";
import { untilInterrupted } from "../until-interrupted.ts";

interface Options extends ByOptions {
	readonly revision?: number;
	readonly from?: string;
	readonly to?: string;
	readonly last?: boolean;
}

const defaultSpanMs = 7 * 86_400_000;
const help = `
It answers of how many verdicts the rule would have held, which of those items people removed (wanted) or let be (unwanted) since, and of which
nobody has decided (unknown); what other rules that are asked hold of the same; and twenty to look at. Ctrl-C stops it after the page at hand:
the same command without --from and --to goes on from there. Items that are being judged just now are not in it.`;

export function addBacktestCommand(rules: Command): void {
	withBy(rules.command("backtest"))
		.description("Hold a rule against what past verdicts recorded, and against what people decided since")
		.argument("<name>", "see `breakwater rules list`")
		.option("--revision <n>", "which revision (default: the newest)", parseCount)
		.option("--from <when>", `${timeHelp} (default: 7d)`)
		.option("--to <when>", `${timeHelp} (default: now)`)
		.option("--last", "print what the last backtest came to, and begin none")
		.addHelpText("after", help)
		.action(async (name: string, options: Options, command: Command) => {
			using until = untilInterrupted();
			const told = await withParts((parts) => run(parts, { name, options, signal: until.signal }));
			print(command, toJson(told), () => describeBacktest(told));
			if (told.backtest.state === "running") process.exitCode = exitCodes.failed;
		});
}

interface Told {
	readonly backtest: Backtest;
	readonly cases: readonly BacktestCase[];
}

interface Running {
	readonly name: string;
	readonly options: Options;
	readonly signal: AbortSignal;
}

async function run(parts: Parts, { name, options, signal }: Running): Promise<Told> {
	const { rules, backtests } = parts.stores;
	const revisions = await rules.revisions(name);
	if (revisions.length === 0) throw unknownId({ what: "rule", list: "rules list" }, name);
	const backtest = await (options.last === true
		? lastOf(parts, name, options.revision)
		: goOn(parts, requireRevision(revisions, options.revision), { name, options, signal }));
	return { backtest, cases: await backtests.cases(backtest.tally.cases) };
}

async function lastOf({ stores }: Parts, name: string, revision: number | undefined): Promise<Backtest> {
	const all = await stores.backtests.list(name, 100);
	const last = all.find((one) => revision === undefined || one.revision === revision);
	if (last === undefined) throw new Error(`${name} has not been held against the past yet`);
	return last;
}

function requireRevision(revisions: readonly RuleRevision[], revision: number | undefined): RuleRevision {
	const found = revisions.find((one) => revision === undefined || one.revision === revision);
	if (found === undefined) throw new Error(`there is no revision ${revision}`);
	return found;
}

/** With one that was stopped, where nothing else is asked for; else with a new one. */
async function goOn(parts: Parts, revision: RuleRevision, { options, signal }: Running): Promise<Backtest> {
	const { stores, signalCatalogue, clock } = parts;
	const compiler = createRuleCompiler(createFactCatalogue(signalCatalogue));
	const rule = requireCompiled(compiler.compile(revision.body));
	const nowMs = clock.now();
	const begun = await beginBacktest(
		stores.backtests,
		{
			...{ name: revision.body.name, revision: revision.revision, nowMs },
			...{ range: rangeOf(options, nowMs), startedBy: operatorName(options) },
		},
		await stores.rules.asked(),
	);
	const progress = startProgress("verdicts", await stores.facts.count(begun.backtest.range));
	progress.to(begun.backtest.tally.examined);
	try {
		return await backtestRule({ ...stores, compiler }, begun.backtest, {
			...{ rule, signal, onPage: progress.to },
			others: begun.others,
		});
	} finally {
		progress.stop();
	}
}

function rangeOf(options: Options, nowMs: number): FactRange | null {
	if (options.from === undefined && options.to === undefined) return null;
	const from = options.from === undefined ? new Date(nowMs - defaultSpanMs) : parseTime(options.from, nowMs);
	const to = options.to === undefined ? new Date(nowMs) : parseTime(options.to, nowMs);
	if (from >= to) throw new UsageError("--from must be before --to");
	return { from, to };
}

function requireCompiled(compiled: ReturnType<ReturnType<typeof createRuleCompiler>["compile"]>): CompiledRule {
	if (compiled.kind === "refused") throw new Error(compiled.faults.map(describeFault).join("\n"));
	return compiled.rule;
}

function toJson({ backtest, cases }: Told) {
	const { through: _own, tally, ...about } = backtest;
	return { ...about, ...tally, share: shareOf(tally), precision: precisionOf(tally), cases };
}
