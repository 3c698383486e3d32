// Sweeps of earlier items: which go on, which wait for a second person, and what the last ones found.
import { useState } from "preact/hooks";
import type { SweepAct } from "../../core/sweeps/sweep.ts";
import { isEnded } from "../../core/sweeps/sweep.ts";
import type { WireSweep } from "../../core/wire/sweeps-api.ts";
import { formatCount } from "../format/number.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { ProblemLine } from "../parts/state-panel.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";

interface Asking {
	readonly sweep: WireSweep;
	readonly act: SweepAct;
}

export function SweepPanel({ asOf }: { readonly asOf: string }) {
	const texts = usePreferences().words.operations.sweeps;
	const { client, may } = useDesk();
	const found = useResource(`sweeps ${asOf}`, () => client.sweeps());
	const [asking, setAsking] = useState<Asking | null>(null);
	const { act, ...acted } = useAct(() => setAsking(null), found.reload);
	const { sweeps = [], throughSequence = 0, bankSequence = 0 } = found.value ?? {};
	const waiting = sweeps.filter(({ state }) => state === "waiting").length;
	return (
		<section aria-labelledby="sweeps-title">
			<h2 id="sweeps-title">{texts.title}</h2>
			{found.problem !== null && <ProblemLine problem={found.problem} />}
			<OutcomeLines outcome={acted.outcome} problem={asking === null ? acted.problem : null} />
			{found.value !== null && (
				<p class="numbers">
					{throughSequence >= bankSequence ? texts.level : texts.behind(bankSequence - throughSequence)}
				</p>
			)}
			{waiting > 0 && <p class="notice notice-problem">{texts.waiting(waiting)}</p>}
			{sweeps.length > 0 && (
				<SweepTable
					sweeps={sweeps}
					onAct={may("bank:change") ? (sweep, one) => setAsking({ sweep, act: one }) : null}
				/>
			)}
			{asking !== null && (
				<ReasonForm
					title={texts.acts[asking.act]}
					text={texts.will[asking.act]}
					problem={acted.problem}
					onConfirm={(reason) =>
						act(texts.done[asking.act], () => client.actOnSweep(asking.sweep.id, { act: asking.act, reason }))
					}
					onCancel={() => setAsking(null)}
				/>
			)}
		</section>
	);
}

interface TableProps {
	readonly sweeps: readonly WireSweep[];
	/** Null where this person may not act on them. */
	readonly onAct: ((sweep: WireSweep, act: SweepAct) => void) | null;
}

function SweepTable({ sweeps, onAct }: TableProps) {
	const { words, language } = usePreferences();
	const texts = words.operations.sweeps;
	const count = (items: number) => formatCount(items, language);
	const due = ({ tally }: WireSweep, effect: "withhold" | "review") =>
		tally.due.filter((one) => one.effect === effect).reduce((sum, { items }) => sum + items, 0);
	const ofDue = (done: number, all: number) => (all === 0 ? "–" : texts.of(count(done), count(all)));
	return (
		<DataTable
			rows={sweeps}
			keyOf={({ id }) => id}
			columns={[
				{ name: texts.columns.started, cell: ({ startedAt }) => <Ago at={startedAt} /> },
				{ name: texts.columns.by, cell: ({ startedBy }) => startedBy ?? texts.itself },
				{ name: texts.columns.state, cell: (one) => (one.isPaused ? texts.paused : texts.states[one.state]) },
				{
					name: texts.columns.about,
					cell: ({ rule, entries }) =>
						rule === null ? texts.entries(count(entries)) : texts.rule(rule.name, count(rule.revision)),
				},
				{
					name: texts.columns.withhold,
					cell: (one) => ofDue(one.tally.withheld, due(one, "withhold")),
				},
				{
					name: texts.columns.review,
					cell: (one) => ofDue(one.tally.putBeforePeople, due(one, "review")),
				},
				{ name: texts.columns.platforms, cell: ({ tally }) => count(tally.platforms) },
				{
					name: texts.columns.oldest,
					cell: ({ tally }) => (tally.oldestAt === null ? "–" : <Ago at={tally.oldestAt} />),
				},
				...(onAct === null
					? []
					: [
							{
								name: texts.columns.act,
								cell: (one: WireSweep) => (
									<div class="button-row">
										{possibleActs(one).map((act) => (
											<button key={act} type="button" class="button" onClick={() => onAct(one, act)}>
												{texts.acts[act]}…
											</button>
										))}
									</div>
								),
							},
						]),
			]}
		/>
	);
}

function possibleActs({ state, isPaused }: WireSweep): readonly SweepAct[] {
	if (isEnded(state)) return [];
	return [...(state === "waiting" ? (["approve"] as const) : []), isPaused ? "resume" : "pause", "cancel"];
}
