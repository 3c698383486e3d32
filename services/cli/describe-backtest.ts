// What a backtest came to, in lines for people.
import type { Backtest, BacktestCase } from "../core/ports/backtest-store.ts";
import { precisionOf, shareOf } from "../core/rules/backtest-tally.ts";
import { table } from "./output.ts";

export function describeBacktest({
	backtest,
	cases,
}: {
	readonly backtest: Backtest;
	readonly cases: readonly BacktestCase[];
}): string {
	const { name, revision, range, state, tally } = backtest;
	const { examined, unrecorded, held, failed, wanted, unwanted, unknown, alone, overlap } = tally;
	const head = `${name} revision ${revision}, ${range.from.toISOString()} to ${range.to.toISOString()}`;
	const lines = [
		`verdicts    ${examined}${state === "running" ? " so far: it was stopped, and the same command goes on" : ""}`,
		`held        ${held}${interval(shareOf(tally))}`,
		`wanted      ${wanted} that people removed`,
		`unwanted    ${unwanted} that people let be`,
		`unknown     ${unknown} that nobody has decided`,
		`precision   ${interval(precisionOf(tally)).trim() || "not known: nobody has decided on any of them"}`,
		`alone       ${alone} of which no rule that is asked holds`,
		...(failed === 0 ? [] : [`failed      ${failed} for which it could not be worked out: people would have looked`]),
		...(unrecorded === 0 ? [] : [`unrecorded  ${unrecorded} that did not record a fact that it reads`]),
	];
	return [
		`${head}\n`,
		...lines,
		...(overlap.length === 0 ? [] : ["", overlapTable(overlap)]),
		...(cases.length === 0 ? [] : ["", "some to look at:", casesTable(cases)]),
	].join("\n");
}

/** Empty where there is none. */
export function interval(of: { readonly share: number; readonly low: number; readonly high: number } | null): string {
	if (of === null) return "";
	const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
	return ` ${percent(of.share)} (${percent(of.low)} to ${percent(of.high)})`;
}

function overlapTable(overlap: Backtest["tally"]["overlap"]): string {
	return table(
		["rule", "revision", "stage", "holds of the same"],
		overlap.map(({ rule, revision, stage, both }) => [rule, revision, stage, both]),
	);
}

function casesTable(cases: readonly BacktestCase[]): string {
	return table(
		["item", "platform", "subject", "arrived", "case", "people"],
		cases.map((one) => [
			...[one.itemId, one.platform, one.subject, one.arrivedAt.toISOString(), one.caseId],
			one.decision === null ? "undecided" : one.decision,
		]),
	);
}
