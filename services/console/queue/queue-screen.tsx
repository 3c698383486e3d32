// The queue: one way to begin work (Enter), and for who wants to browse, lanes, search and a table in the queue's own order.
import { useEffect, useRef, useState } from "preact/hooks";
import { type CaseState, caseStates } from "../../core/cases/case.ts";
import type { CaseId } from "../../core/ids.ts";
import type { LanesAnswer } from "../../core/wire/review-api.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useThrottled } from "../hooks/use-throttled.ts";
import type { Command } from "../keys/keymap.ts";
import { useKeys } from "../keys/use-keys.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { FailedPanel, LoadingPanel, ProblemLine, StatePanel } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { PlatformsBehindNotice } from "../stuck/platforms-behind.tsx";
import { BreakerNotice } from "./breaker-notice.tsx";
import { CaseTable } from "./case-table.tsx";
import { LaneBar } from "./lane-bar.tsx";
import { loadCases } from "./load-cases.ts";
import { MyCases } from "./my-cases.tsx";
import { SearchField } from "./search-field.tsx";
import { TakeNextNotice, takeNextName } from "./take-next-notice.tsx";
import { useTakeNext } from "./use-take-next.ts";

const pageSize = 50;
const reloadEveryMs = 400;
const decidedStates: readonly CaseState[] = ["decided", "closed"];
const undecidedStates = caseStates.filter((state) => !decidedStates.includes(state));

export function QueueScreen() {
	const words = useWords();
	const desk = useDesk();
	const { lane, setLane } = desk;
	const [isDecided, setDecided] = useState(false);
	const [search, setSearch] = useState("");
	const [limit, setLimit] = useState(pageSize);
	const [selected, setSelected] = useState<CaseId | null>(null);
	const searchField = useRef<HTMLInputElement>(null);
	const begin = useRef<HTMLButtonElement>(null);
	const { isTaking: taking, notice, takeNext } = useTakeNext();

	const lanes = useLanes();
	// Whoever searches wants what there is, decided or not.
	const states = isDecided ? decidedStates : search === "" ? undecidedStates : caseStates;
	const query = { ...(lane === null || isDecided ? {} : { lane }), search, states, limit };
	const cases = useResource(JSON.stringify(query), () => loadCases(desk.client, query));
	const mine = useResource("mine", () => desk.client.cases({ mine: true, limit: 20 }));
	const reload = useThrottled(() => {
		cases.reload();
		mine.reload();
	}, reloadEveryMs);
	useEffect(
		() => desk.onLive(({ kind }) => (kind === "case-changed" || kind === "hello") && reload()),
		[desk.onLive, reload],
	);
	useEffect(() => {
		document.title = `${words.queue.title} · ${words.shell.name}`;
	}, [words]);

	const rows = cases.value?.cases ?? [];
	const run = (command: Command) => {
		if (command.kind === "take-next") takeNext();
		if (command.kind === "search") searchField.current?.focus();
		if (command.kind === "help") desk.showHelp();
		if (command.kind === "open" && selected !== null) desk.go({ name: "case", id: selected });
		if (command.kind === "move") {
			const index = rows.findIndex(({ id }) => id === selected);
			const next = rows[index === -1 ? (command.by === 1 ? 0 : rows.length - 1) : index + command.by];
			if (next !== undefined) setSelected(next.id);
		}
		if (command.kind === "back") {
			setSelected(null);
			searchField.current?.blur();
		}
	};
	useKeys({ scope: "queue", run });

	const isFiltered = lane !== null || isDecided || search !== "";
	const emptyWords = isFiltered ? words.queue.emptyFiltered : words.queue.empty;
	return (
		<main id="content" class="page queue">
			<div class="page-head">
				<h1>{words.queue.title}</h1>
				<button ref={begin} type="button" class="button button-main" disabled={taking} onClick={takeNext}>
					{taking ? words.queue.taking : takeNextName(words, lane)} <KeyHint of="Enter" />
				</button>
			</div>
			<BreakerNotice />
			<PlatformsBehindNotice />
			<TakeNextNotice notice={notice} lane={lane} />
			<MyCases cases={mine.value?.cases ?? []} />
			<LaneBar
				lanes={lanes}
				chosen={isDecided ? "decided" : lane}
				onChoose={(chosen) => {
					setDecided(chosen === "decided");
					if (chosen === "decided") return;
					setLane(chosen);
					// Where the focus stayed on the lane, Enter would take the choice back.
					if (chosen !== null) begin.current?.focus();
				}}
			/>
			<div class="queue-tools">
				<SearchField field={searchField} onSearch={setSearch} />
				<p class="quiet numbers" role="status">
					{cases.value === null
						? ""
						: cases.value.hasMore
							? words.queue.shownFirst(rows.length)
							: words.queue.shown(rows.length)}
				</p>
			</div>
			{cases.problem !== null && cases.value === null && <FailedPanel problem={cases.problem} onRetry={cases.reload} />}
			{cases.problem !== null && cases.value !== null && <ProblemLine problem={cases.problem} />}
			{cases.value === null && cases.problem === null && <LoadingPanel />}
			{cases.value !== null && rows.length === 0 && (
				<StatePanel title={emptyWords.title}>
					<p>{emptyWords.text}</p>
				</StatePanel>
			)}
			{rows.length > 0 && <CaseTable cases={rows} selected={selected} onSelect={setSelected} />}
			{cases.value?.hasMore === true && (
				<button type="button" class="button" onClick={() => setLimit(rows.length + pageSize)}>
					{words.queue.more}
				</button>
			)}
			{rows.length > 0 && !isDecided && <p class="quiet queue-deadline">{words.queue.deadline}</p>}
		</main>
	);
}

function useLanes(): LanesAnswer["lanes"] | null {
	const { client, onLive, onBack } = useDesk();
	const [lanes, setLanes] = useState<LanesAnswer["lanes"] | null>(null);
	useEffect(() => {
		let toldTimes = 0;
		let isOver = false;
		const ask = () => {
			const toldBefore = toldTimes;
			client.lanes().then(
				// What was told meanwhile is newer.
				(answer) => !isOver && toldTimes === toldBefore && setLanes(answer.lanes),
				() => {},
			);
		};
		ask();
		const stops = [
			onBack(ask),
			onLive((event) => {
				if (event.kind !== "lanes-changed") return;
				toldTimes += 1;
				setLanes(event.lanes);
			}),
		];
		return () => {
			isOver = true;
			for (const stop of stops) stop();
		};
	}, [client, onLive, onBack]);
	return lanes;
}
