// Records that could not be processed: why, how many, and the two ways out. Their content stays on the server.
import { useEffect, useState } from "preact/hooks";
import type { DeadLetterId } from "../../core/ids.ts";
import { type DeadLetterReason, deadLetterReasons } from "../../core/ports/dead-letter-store.ts";
import { type ApiProblemCode, problemOf } from "../api/api-problem.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useKeys } from "../keys/use-keys.ts";
import { FailedPanel, LoadingPanel, ProblemLine, StatePanel } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { LetterTable } from "./letter-table.tsx";
import { ResolveForm } from "./resolve-form.tsx";

type LetterState = "parked" | "replayed" | "discarded";
const states: readonly LetterState[] = ["parked", "replayed", "discarded"];

export function DeadLettersScreen() {
	const words = useWords();
	const { client, may, showHelp } = useDesk();
	const texts = words.operations.deadLetters;
	const [state, setState] = useState<LetterState>("parked");
	const [reason, setReason] = useState<DeadLetterReason | null>(null);
	const [selected, setSelected] = useState<ReadonlySet<DeadLetterId>>(new Set());
	const [asking, setAsking] = useState<"replay" | "discard" | null>(null);
	const [outcome, setOutcome] = useState<string | null>(null);
	const [problem, setProblem] = useState<ApiProblemCode | null>(null);
	const letters = useResource(`${state} ${reason}`, () =>
		client.deadLetters({ state, ...(reason === null ? {} : { reason }) }),
	);
	useKeys({ scope: "plain", run: ({ kind }) => kind === "help" && showHelp() });
	useEffect(() => {
		document.title = `${texts.title} · ${words.shell.name}`;
	}, [texts, words]);
	const choose = (next: LetterState) => {
		setState(next);
		setSelected(new Set());
		setAsking(null);
		setOutcome(null);
	};
	const resolve = async (how: "replay" | "discard", why: string) => {
		setProblem(null);
		try {
			const count = await client.resolveDeadLetters(how, [...selected], why);
			setOutcome(how === "replay" ? texts.replayed(count) : texts.discarded(count));
			setSelected(new Set());
			setAsking(null);
			letters.reload();
		} catch (error) {
			setProblem(problemOf(error).code);
		}
	};
	const rows = letters.value?.letters ?? [];
	const canResolve = may("dead-letter:replay") && state === "parked";
	const empty = state === "parked" && reason === null ? texts.empty : texts.emptyOther;
	return (
		<main id="content" class="page dead-letters">
			<div class="page-head">
				<h1>{texts.title}</h1>
			</div>
			<p class="quiet">{texts.intro}</p>
			<div class="queue-tools">
				<fieldset class="choice">
					<legend class="for-readers">{words.operations.now.columns.state}</legend>
					{states.map((one) => (
						<button key={one} type="button" aria-pressed={state === one} onClick={() => choose(one)}>
							{texts.states[one]}
						</button>
					))}
				</fieldset>
				<ReasonChoice counts={letters.value?.counts ?? []} reason={reason} onChoose={setReason} />
			</div>
			{outcome !== null && (
				<p class="notice" role="status">
					{outcome}
				</p>
			)}
			{problem !== null && asking === null && <ProblemLine code={problem} />}
			{letters.value === null && letters.problem === null && <LoadingPanel />}
			{letters.problem !== null && <FailedPanel code={letters.problem} onRetry={letters.reload} />}
			{letters.value !== null && rows.length === 0 && (
				<StatePanel title={empty.title}>
					<p>{empty.text}</p>
				</StatePanel>
			)}
			{rows.length > 0 && <LetterTable letters={rows} selected={selected} onSelect={canResolve ? setSelected : null} />}
			{rows.length > 0 && !may("dead-letter:replay") && <p class="quiet">{texts.readOnly}</p>}
			{canResolve && rows.length > 0 && asking === null && (
				<div class="button-row">
					<button type="button" class="button" disabled={selected.size === 0} onClick={() => setAsking("replay")}>
						{texts.replay}
					</button>
					<button type="button" class="button" disabled={selected.size === 0} onClick={() => setAsking("discard")}>
						{texts.discard}
					</button>
					<p class="quiet numbers" role="status">
						{texts.selected(selected.size)}
					</p>
				</div>
			)}
			{asking !== null && (
				<ResolveForm
					how={asking}
					count={selected.size}
					problem={problem}
					onConfirm={(why) => resolve(asking, why)}
					onCancel={() => setAsking(null)}
				/>
			)}
		</main>
	);
}

interface ReasonChoiceProps {
	readonly counts: readonly { readonly reason: DeadLetterReason; readonly count: number }[];
	readonly reason: DeadLetterReason | null;
	readonly onChoose: (reason: DeadLetterReason | null) => void;
}

function ReasonChoice({ counts, reason, onChoose }: ReasonChoiceProps) {
	const texts = useWords().operations.deadLetters;
	const countOf = (one: DeadLetterReason) => counts.find((entry) => entry.reason === one)?.count ?? 0;
	return (
		<label class="field field-inline">
			<span>{texts.reason}</span>
			<select
				value={reason ?? ""}
				onChange={(event) => {
					const { value } = event.currentTarget;
					onChoose(deadLetterReasons.find((one) => one === value) ?? null);
				}}
			>
				<option value="">{texts.allReasons}</option>
				{deadLetterReasons.map((one) => (
					<option key={one} value={one}>
						{texts.reasons[one]} ({countOf(one)})
					</option>
				))}
			</select>
		</label>
	);
}
