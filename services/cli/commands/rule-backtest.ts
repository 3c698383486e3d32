// `breakwater rules backtest`: what a rule would have done with the verdicts of the past.
import type { Command } from "commander";
import type { Backtest, BacktestCase } from "../../core/ports/backtest-store.ts";
import type { RuleRevision } from "../../core/ports/rule-store.ts";
import { emptyTally, precisionOf, shareOf } from "../../core/rules/backtest.ts";
import { type CompiledRule, createRuleCompiler } from "../../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../core/rules/fact-catalogue.ts";
import type { AskedRule } from "../../core/rules/rule-set.ts";
import { backtestRule } from "../../parts/backtest-rule.ts";
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
	const { stores, signalCatalogue } = parts;
	const compiler = createRuleCompiler(createFactCatalogue(signalCatalogue));
	const rule = requireCompiled(compiler.compile(revision.body));
	const asked = await stores.rules.asked();
	const isNew = options.from !== undefined || options.to !== undefined;
	const stopped = isNew ? null : await stores.backtests.unfinished(revision.body.name, revision.revision);
	const begun = stopped ?? (await begin(parts, revision, { asked, options }));
	const progress = startProgress("verdicts", await stores.facts.count(begun.range));
	progress.to(begun.tally.examined);
	try {
		return await backtestRule({ ...stores, compiler }, begun, {
			...{ rule, signal, onPage: progress.to },
			others: sameAs(begun, asked),
		});
	} finally {
		progress.stop();
	}
}

function begin(
	{ stores, clock }: Parts,
	{ body, revision }: RuleRevision,
	{ asked, options }: { readonly asked: readonly AskedRule[]; readonly options: Options },
): Promise<Backtest> {
	const now = clock.now();
	const from = options.from === undefined ? new Date(now - defaultSpanMs) : parseTime(options.from, now);
	const to = options.to === undefined ? new Date(now) : parseTime(options.to, now);
	if (from >= to) throw new UsageError("--from must be before --to");
	const others = asked.filter((one) => one.body.name !== body.name || one.revision !== revision);
	const startedBy = operatorName(options);
	return stores.backtests.begin({
		name: body.name,
		revision,
		range: { from, to },
		tally: emptyTally(others),
		startedBy,
	});
}

/** A backtest that was stopped goes on beside the rules that it began with, as far as they are still asked. */
function sameAs({ tally }: Backtest, asked: readonly AskedRule[]): readonly (AskedRule | null)[] {
	return tally.overlap.map(
		({ rule, revision }) => asked.find((one) => one.body.name === rule && one.revision === revision) ?? null,
	);
}

function requireCompiled(compiled: ReturnType<ReturnType<typeof createRuleCompiler>["compile"]>): CompiledRule {
	if (compiled.kind === "refused") throw new Error(compiled.faults.map(describeFault).join("\n"));
	return compiled.rule;
}

function toJson({ backtest, cases }: Told) {
	const { through: _own, tally, ...about } = backtest;
	return { ...about, ...tally, share: shareOf(tally), precision: precisionOf(tally), cases };
}
