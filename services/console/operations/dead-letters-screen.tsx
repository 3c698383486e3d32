// Records that could not be processed: why, how many, and the two ways out. Their content stays on the server.
import { useState } from "preact/hooks";
import type { DeadLetterId } from "../../core/ids.ts";
import { type DeadLetterReason, deadLetterReasons } from "../../core/ports/dead-letter-store.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { StatePanel } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { LetterTable } from "./letter-table.tsx";
import { ResolveForm } from "./resolve-form.tsx";

type LetterState = "parked" | "replayed" | "discarded";
const states: readonly LetterState[] = ["parked", "replayed", "discarded"];

export function DeadLettersScreen() {
	const words = useWords();
	const { client, may } = useDesk();
	const texts = words.operations.deadLetters;
	const [state, setState] = useState<LetterState>("parked");
	const [reason, setReason] = useState<DeadLetterReason | null>(null);
	const [selected, setSelected] = useState<ReadonlySet<DeadLetterId>>(new Set());
	const [asking, setAsking] = useState<"replay" | "discard" | null>(null);
	const letters = useResource(`${state} ${reason}`, () =>
		client.deadLetters({ state, ...(reason === null ? {} : { reason }) }),
	);
	const acting = useAct(() => {
		setSelected(new Set());
		setAsking(null);
	}, letters.reload);
	const choose = (next: LetterState) => {
		setState(next);
		setSelected(new Set());
		setAsking(null);
		acting.forget();
	};
	const resolve = (how: "replay" | "discard", why: string) =>
		acting.act(how === "replay" ? texts.replayed : texts.discarded, () =>
			client.resolveDeadLetters(how, [...selected], why),
		);
	const canResolve = may("dead-letter:replay") && state === "parked";
	const empty = state === "parked" && reason === null ? texts.empty : texts.emptyOther;
	return (
		<PlainPage title={texts.title} class="dead-letters">
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
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			<Loaded resource={letters}>
				{({ letters: rows }) =>
					rows.length === 0 ? (
						<StatePanel title={empty.title}>
							<p>{empty.text}</p>
						</StatePanel>
					) : (
						<>
							<LetterTable letters={rows} selected={selected} onSelect={canResolve ? setSelected : null} />
							{!may("dead-letter:replay") && <p class="quiet">{texts.readOnly}</p>}
							{canResolve && asking === null && <ResolveButtons count={selected.size} onAsk={setAsking} />}
						</>
					)
				}
			</Loaded>
			{asking !== null && (
				<ResolveForm
					how={asking}
					count={selected.size}
					problem={acting.problem}
					onConfirm={(why) => resolve(asking, why)}
					onCancel={() => setAsking(null)}
				/>
			)}
		</PlainPage>
	);
}

interface ButtonsProps {
	readonly count: number;
	readonly onAsk: (how: "replay" | "discard") => void;
}

function ResolveButtons({ count, onAsk }: ButtonsProps) {
	const texts = useWords().operations.deadLetters;
	return (
		<div class="button-row">
			<button type="button" class="button" disabled={count === 0} onClick={() => onAsk("replay")}>
				{texts.replay}
			</button>
			<button type="button" class="button" disabled={count === 0} onClick={() => onAsk("discard")}>
				{texts.discard}
			</button>
			<p class="quiet numbers" role="status">
				{texts.selected(count)}
			</p>
		</div>
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
