// What is due in the next hours, the nearest deadline first: for whoever plans the shift, and whoever asks whether a law will be kept.
import { useEffect, useState } from "preact/hooks";
import type { ClockEventKind } from "../../core/clocks/clock-codes.ts";
import type { WireClock } from "../../core/wire/review-case.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useThrottled } from "../hooks/use-throttled.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { OneOf } from "../parts/one-of.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { TimeLeft } from "./time-left.tsx";

const horizons = ["6", "24", "72", "all"] as const;
const reloadEveryMs = 400;

export function DueScreen() {
	const texts = useWords().due;
	const { client, onLive, may } = useDesk();
	const [telling, setTelling] = useState<WireClock | null>(null);
	const [horizon, setHorizon] = useState<(typeof horizons)[number]>("24");
	const found = useResource(`due ${horizon}`, () => client.clocks(horizon === "all" ? undefined : Number(horizon)));
	const reload = useThrottled(found.reload, reloadEveryMs);
	useEffect(() => onLive(({ kind }) => (kind === "case-changed" || kind === "hello") && reload()), [onLive, reload]);
	const tell = useAct(() => setTelling(null), reload);
	// What comes within the hours only because time passes is told by nobody.
	useReread(reload);
	return (
		<PlainPage title={texts.title} class="now">
			<p class="quiet">{texts.intro}</p>
			<OneOf
				label={texts.within}
				value={horizon}
				codes={horizons}
				textOf={(one) => texts.hours[one]}
				onChoose={setHorizon}
			/>
			<OutcomeLines outcome={tell.outcome} problem={telling === null ? tell.problem : null} />
			{telling !== null && (
				<TellForm
					of={telling}
					problem={tell.problem}
					onTell={(event, reason) => tell.act(texts.told, () => client.tellClock(telling.id, { event, reason }))}
					onCancel={() => setTelling(null)}
				/>
			)}
			<Loaded resource={found}>
				{({ clocks }) =>
					clocks.length === 0 ? (
						<p class="quiet">{texts.none}</p>
					) : (
						<DueTable clocks={clocks} onTell={may("case:decide") ? setTelling : null} />
					)
				}
			</Loaded>
		</PlainPage>
	);
}

interface TellFormProps {
	readonly of: WireClock;
	readonly problem: ApiProblem | null;
	readonly onTell: (event: ClockEventKind, reason: string) => void;
	readonly onCancel: () => void;
}

/** Tells a deadline what nobody here can see: a host removed something that is no item of ours, an authority withdrew its request. */
function TellForm({ of, problem, onTell, onCancel }: TellFormProps) {
	const texts = useWords().due;
	const [event, setEvent] = useState<ClockEventKind | undefined>(of.hears[0]);
	return (
		<ReasonForm
			title={texts.tell}
			text={texts.tellText(of.profile)}
			problem={problem}
			isIncomplete={event === undefined}
			onConfirm={(reason) => event !== undefined && onTell(event, reason)}
			onCancel={onCancel}
		>
			<label class="field">
				<span>{texts.what}</span>
				<select
					value={event}
					onChange={({ currentTarget }) => setEvent(of.hears.find((one) => one === currentTarget.value))}
				>
					{of.hears.map((one) => (
						<option key={one} value={one}>
							{texts.events[one]}
						</option>
					))}
				</select>
			</label>
		</ReasonForm>
	);
}

interface DueTableProps {
	readonly clocks: readonly WireClock[];
	/** Null for those who may not. */
	readonly onTell: ((clock: WireClock) => void) | null;
}

function DueTable({ clocks, onTell }: DueTableProps) {
	const texts = useWords().due;
	const columns: readonly Column<WireClock>[] = [
		{
			name: texts.columns.left,
			cell: (one) => (
				<>
					<TimeLeft of={one} />
					{one.urgentReason !== null && <strong class="tag">{texts.urgent}</strong>}
				</>
			),
		},
		{ name: texts.columns.waits, cell: ({ doneBy }) => doneBy.map((event) => texts.events[event]).join(texts.or) },
		{
			name: texts.columns.case,
			cell: ({ caseId }) => (caseId === null ? <span class="quiet">{texts.noCase}</span> : <CaseLink id={caseId} />),
		},
		{ name: texts.columns.cause, cell: ({ cause }) => texts.causes[cause] },
		{ name: texts.columns.law, class: "code", cell: ({ profile }) => profile },
		...(onTell === null
			? []
			: [
					{
						name: texts.columns.tell,
						cell: (one: WireClock) => (
							<button type="button" class="button" onClick={() => onTell(one)}>
								{texts.tell}
							</button>
						),
					},
				]),
	];
	return <DataTable rows={clocks} keyOf={({ id }) => id} columns={columns} />;
}
