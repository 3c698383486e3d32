// Sweeps in lines for people: what each is about, how far it is, and what of the past its entries can meet at all.
import type { Coverage, Sweep, SweepTally } from "../core/ports/sweep-store.ts";
import { type PastReach, pastReaches, type TypeReach } from "../core/sweeps/past-reach.ts";
import { table } from "./output.ts";

export type Shown = Sweep & { readonly tally: SweepTally };

const reachWords = {
	all: "every earlier item",
	"as-it-came": "every earlier picture as it came, not in other turns and framings",
	"while-kept": "every text of the last BREAKWATER_FACT_DAYS, and what people saw",
	"same-alone": "the same videos that people saw",
	nothing: "nothing: it is not kept of earlier items",
} as const satisfies Readonly<Record<PastReach, string>>;

export function describeSweeps({ throughSequence, bankSequence, gaps }: Coverage, sweeps: readonly Shown[]): string {
	const rows = sweeps.map(({ id, tally, ...one }) => [
		...[id, stateOf(one), aboutOf(one), one.startedBy ?? "itself", one.entries],
		...[one.compared, tally.found, dueOf(tally), tally.withheld, tally.putBeforePeople],
	]);
	const columns = ["id", "state", "about", "by", "entries", "compared", "found", "due", "withheld", "before people"];
	const canceled = gaps.map(({ fromSequence, toSequence }) => `${fromSequence + 1}–${toSequence}`).join(", ");
	return [
		table(columns, rows),
		"",
		`past hashes are compared with changes up to ${throughSequence} of ${bankSequence}${canceled === "" ? "" : `; canceled: ${canceled}`}`,
		"",
		table(
			["entries of type", "meet"],
			pastReaches().map(({ type, reach }) => [type, reachWords[reach]]),
		),
	].join("\n");
}

function stateOf({ state, isPaused }: Pick<Sweep, "state" | "isPaused">): string {
	return isPaused ? `${state} (paused)` : state;
}

export function aboutOf({
	rule,
	fromSequence,
	toSequence,
}: Pick<Sweep, "rule" | "fromSequence" | "toSequence">): string {
	if (rule !== null) return `rule ${rule.name}@${rule.revision}`;
	return `changes ${fromSequence + 1}–${toSequence}`;
}

function dueOf({ due }: SweepTally): number {
	return due.reduce((sum, { items }) => sum + items, 0);
}

export function describeSweep(sweep: Shown, entries: readonly (TypeReach & { readonly entries: number })[]): string {
	const { tally } = sweep;
	const lines = [
		`state           ${stateOf(sweep)}`,
		`about           ${aboutOf(sweep)}${sweep.rule === null ? `, ${sweep.entries} entries` : ""}`,
		`started         ${sweep.startedAt.toISOString()} by ${sweep.startedBy ?? "itself"}`,
		`compared        ${sweep.compared}`,
		...(sweep.unrecorded === 0
			? []
			: [`unrecorded      ${sweep.unrecorded} verdicts did not record a fact that it reads`]),
		`items found     ${tally.found}, judged again ${tally.judged}`,
		`to be done      ${dueOf(tally)}, on ${tally.platforms} platforms, the oldest from ${tally.oldestAt?.toISOString() ?? "–"}`,
		...(sweep.allowedItems === null ? [] : [`by itself       up to ${sweep.allowedItems}`]),
		...(sweep.approvedBy === null ? [] : [`agreed to by    ${sweep.approvedBy}`]),
		`withheld        ${tally.withheld}`,
		`before people   ${tally.putBeforePeople}`,
		...(sweep.endedAt === null ? [] : [`ended           ${sweep.endedAt.toISOString()}`]),
	];
	const due = tally.due.map(({ tier, effect, items }) => [tier, effect, items]);
	const types = entries.map(({ type, entries: count, reach }) => [type, count, reachWords[reach]]);
	return [
		lines.join("\n"),
		...(due.length === 0 ? [] : [table(["tier", "what", "items"], due)]),
		...(types.length === 0 ? [] : [table(["type", "entries", "meet"], types)]),
	].join("\n\n");
}
