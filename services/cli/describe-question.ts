// What a question about another policy has come to, in lines for people.
import { type Doubt, type FlowOutlook, isMoved, outlookOf } from "../core/policy/past-question.ts";
import type { AskedPolicy, PolicyQuestion } from "../core/ports/question-store.ts";
import { interval } from "./describe-backtest.ts";
import { table } from "./output.ts";

const names = { withhold: "withheld", review: "to people", none: "let be" } as const;
const doubtWords = {
	"not-looked": "it lets something be looked at that no law let anybody look at then",
	"model-not-asked": "something known had decided, no model was asked, and it lets that pass",
	breaker: "a breaker had left it to people, and might have again",
	shortened: "they go another way, and not all entries that answered are recorded",
} as const satisfies Readonly<Record<Doubt, string>>;

export function describeQuestion(question: PolicyQuestion): string {
	const { range, state, share, verdicts, tally } = question;
	const outlook = outlookOf(tally, verdicts);
	const moved = outlook.filter(isMoved);
	const same = tally.flows.reduce((sum, one) => sum + (isMoved(one) ? 0 : one.items), 0);
	const sample = share === 1 ? "" : `, as if drawn, of ${verdicts}`;
	const doubted = Object.entries(tally.doubted).flatMap(([doubt, items]) =>
		items === 0 ? [] : [`  ${items}: ${doubtWords[doubt as Doubt]}`],
	);
	return [
		`${askedName(question.asked)}, ${range.from.toISOString()} to ${range.to.toISOString()}\n`,
		`verdicts   ${tally.examined}${sample}${state === "running" ? " so far: it was stopped, and the same command goes on" : ""}`,
		`as it was  ${same}`,
		`otherwise  ${tally.examined - same}`,
		...(moved.length === 0 ? [] : ["", movedTable(moved)]),
		"",
		...(doubted.length === 0
			? ["sure of each: what it would have looked at was looked at"]
			: ["not sure of these:", ...doubted]),
	].join("\n");
}

function askedName(asked: AskedPolicy): string {
	return asked.kind === "revision" ? `policy revision ${asked.revision}` : `proposal ${asked.id}`;
}

function movedTable(moved: readonly FlowOutlook[]): string {
	const columns = [
		"was",
		"would be",
		"items",
		"sure of",
		"in all",
		"people removed",
		"let be",
		"undecided",
		"removed of the decided",
	];
	return table(
		columns,
		moved.map(({ from, to, items, unsure, inAll, removed, letBe, precision }) => [
			...[names[from], names[to], items, items - unsure],
			inAll.low === inAll.high ? inAll.low : `${inAll.low} to ${inAll.high}`,
			...[removed, letBe, items - removed - letBe, interval(precision).trim() || "–"],
		]),
	);
}
