// What is due in the next hours, the nearest deadline first: for whoever plans the shift, and whoever asks whether a law will be kept.
import { useEffect, useState } from "preact/hooks";
import type { WireClock } from "../../core/wire/review-case.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useThrottled } from "../hooks/use-throttled.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { TimeLeft } from "./time-left.tsx";

const horizons = ["6", "24", "72", "all"] as const;
const rereadMs = 10_000;
const reloadEveryMs = 400;

export function DueScreen() {
	const texts = useWords().due;
	const { client, onLive } = useDesk();
	const [horizon, setHorizon] = useState<(typeof horizons)[number]>("24");
	const found = useResource(`due ${horizon}`, () => client.clocks(horizon === "all" ? undefined : Number(horizon)));
	const reload = useThrottled(found.reload, reloadEveryMs);
	useEffect(() => onLive(({ kind }) => (kind === "case-changed" || kind === "hello") && reload()), [onLive, reload]);
	// What comes within the hours only because time passes is told by nobody.
	useEffect(() => {
		const timer = setInterval(reload, rereadMs);
		return () => clearInterval(timer);
	}, [reload]);
	return (
		<PlainPage title={texts.title} class="now">
			<p class="quiet">{texts.intro}</p>
			<fieldset class="choice">
				<legend class="for-readers">{texts.within}</legend>
				{horizons.map((one) => (
					<button key={one} type="button" aria-pressed={horizon === one} onClick={() => setHorizon(one)}>
						{texts.hours[one]}
					</button>
				))}
			</fieldset>
			<Loaded resource={found}>
				{({ clocks }) => (clocks.length === 0 ? <p class="quiet">{texts.none}</p> : <DueTable clocks={clocks} />)}
			</Loaded>
		</PlainPage>
	);
}

function DueTable({ clocks }: { readonly clocks: readonly WireClock[] }) {
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
	];
	return <DataTable rows={clocks} keyOf={({ id }) => id} columns={columns} />;
}
