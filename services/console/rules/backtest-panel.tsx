// Beside the editor: what the newest backtest came to, as bars with their numbers, and cases to look at; how far one is that runs.
import { useRef } from "preact/hooks";
import type { WireBacktest, WireRule } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { useReread } from "../hooks/use-reread.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Ago, Moment } from "../parts/moment.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import { BacktestPicture } from "./backtest-picture.tsx";

interface PanelProps {
	readonly newest: WireRule;
	/** Null: it was never held against the past. */
	readonly backtest: WireBacktest | null;
	readonly onBacktest: (revision: number, from: string | null) => void;
	readonly onReload: () => void;
}

const spans = [1, 7, 30] as const;
const dayMs = 86_400_000;

export function BacktestPanel({ newest, backtest, onBacktest, onReload }: PanelProps) {
	const { may, nowMs } = useDesk();
	const texts = useWords().rules.backtest;
	const { revision, stage } = newest;
	return (
		<section class="rule-backtest" data-backtest={backtest?.state ?? "none"}>
			<h2>{texts.title}</h2>
			<p class="quiet">{texts.text}</p>
			{backtest === null ? <p class="quiet">{texts.none}</p> : <Shown {...{ backtest, onReload }} />}
			{may("policy:decide") && stage !== "draft" && backtest?.state !== "running" && (
				<div class="button-row">
					{spans.map((days) => (
						<button
							key={days}
							type="button"
							class="button"
							onClick={() => onBacktest(revision, new Date(nowMs() - days * dayMs).toISOString())}
						>
							{texts.over[days]}
						</button>
					))}
				</div>
			)}
			{may("policy:decide") && backtest?.state === "running" && (
				<GoOn backtest={backtest} onGoOn={() => onBacktest(backtest.revision, null)} />
			)}
		</section>
	);
}

const rereadMs = 1_000;
/** A page of verdicts takes a fraction of a second. */
const stalledAfterMs = 10_000;

/** One that moves no further was stopped together with its process: whoever looks may have it go on. */
function GoOn({ backtest, onGoOn }: { readonly backtest: WireBacktest; readonly onGoOn: () => void }) {
	const texts = useWords().rules.backtest;
	const last = useRef({ examined: -1, atMs: 0 });
	const { examined } = backtest.tally;
	if (last.current.examined !== examined) last.current = { examined, atMs: performance.now() };
	if (performance.now() - last.current.atMs < stalledAfterMs) return null;
	return (
		<div class="button-row">
			<p class="quiet">{texts.stalled}</p>
			<button type="button" class="button" onClick={onGoOn}>
				{texts.goOn}
			</button>
		</div>
	);
}

function Shown({ backtest, onReload }: Pick<PanelProps, "onReload"> & { readonly backtest: WireBacktest }) {
	const { words, language } = usePreferences();
	const texts = words.rules.backtest;
	const { revision, from, to, state, total, tally, startedBy, startedAt } = backtest;
	const count = (value: number) => formatCount(value, language);
	return (
		<>
			<p>
				<strong>{words.rules.revision(String(revision))}</strong>, <Moment at={from} /> – <Moment at={to} />{" "}
				<span class="quiet">
					({startedBy}, <Ago at={startedAt} />)
				</span>
			</p>
			{state === "running" && (
				<>
					<p role="status">{texts.running(count(tally.examined), count(total ?? 0))}</p>
					<progress value={tally.examined} max={Math.max(1, total ?? 0)} aria-label={texts.progress} />
					<Reread onReload={onReload} />
				</>
			)}
			<BacktestPicture backtest={backtest} />
			{backtest.cases.length > 0 && <Cases backtest={backtest} />}
		</>
	);
}

function Reread({ onReload }: Pick<PanelProps, "onReload">) {
	useReread(onReload, rereadMs);
	return null;
}

type Case = WireBacktest["cases"][number];

function Cases({ backtest: { cases } }: { readonly backtest: WireBacktest }) {
	const texts = useWords().rules.backtest;
	const columns = [
		{ name: texts.cases.subject, class: "code", cell: ({ subject }: Case) => subject },
		{ name: texts.cases.platform, cell: ({ platform }: Case) => platform },
		{ name: texts.cases.arrived, cell: ({ arrivedAt }: Case) => <Ago at={arrivedAt} /> },
		{ name: texts.cases.case, cell: ({ caseId }: Case) => <CaseLink id={caseId} /> },
		{ name: texts.cases.people, cell: ({ decision }: Case) => texts.cases.decided[decision ?? "none"] },
	];
	return (
		<details open>
			<summary>{texts.cases.title(String(cases.length))}</summary>
			<DataTable rows={cases} keyOf={({ itemId }) => itemId} columns={columns} />
		</details>
	);
}
