import { useState } from "preact/hooks";
import type { SilenceId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { BeginSilenceRequest } from "../../core/wire/review-telling.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { useAct } from "../hooks/use-act.ts";
import { ClockTime } from "../parts/moment.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";

interface SilencesProps {
	readonly detail: Pick<WireCaseDetail, "id" | "silences">;
	/** What is shown may no longer be so. */
	readonly onChanged: () => void;
}

type Form = { readonly kind: "begin" } | { readonly kind: "end"; readonly id: SilenceId };

/** Says that nobody outside is told of the case now, by whose word, and until when; who may begins one, and ends it. */
export function SilencesHere({ detail: { id, silences }, onChanged }: SilencesProps) {
	const texts = useWords().casePage.silences;
	const { client, may } = useDesk();
	const [form, setForm] = useState<Form | null>(null);
	const { act, outcome, problem } = useAct(() => setForm(null), onChanged);
	const mayHold = may("telling:hold");
	if (silences.length === 0 && !mayHold) return null;
	const close = () => setForm(null);
	return (
		<section aria-labelledby="silences-title">
			<h2 id="silences-title">{texts.heading}</h2>
			<OutcomeLines outcome={outcome} problem={form === null ? problem : null} />
			<SilenceList silences={silences} onEnd={mayHold ? (one) => setForm({ kind: "end", id: one }) : null} />
			{form?.kind === "begin" && (
				<BeginForm
					problem={problem}
					onBegin={(request) => act(texts.begun, () => client.beginSilence(id, request))}
					onCancel={close}
				/>
			)}
			{form?.kind === "end" && (
				<ReasonForm
					title={texts.end}
					text={texts.endText}
					problem={problem}
					onConfirm={(reason) =>
						act(
							({ reports, statements }) => texts.ended(reports, statements),
							() => client.endSilence(form.id, reason),
						)
					}
					onCancel={close}
				/>
			)}
			{form === null && mayHold && (
				<p class="button-row">
					<button type="button" class="button" onClick={() => setForm({ kind: "begin" })}>
						{texts.begin}
					</button>
				</p>
			)}
		</section>
	);
}

interface ListProps extends Pick<WireCaseDetail, "silences"> {
	/** Null for those who may not. */
	readonly onEnd: ((id: SilenceId) => void) | null;
}

function SilenceList({ silences, onEnd }: ListProps) {
	const texts = useWords().casePage.silences;
	if (silences.length === 0) return <p class="quiet">{texts.none}</p>;
	return (
		<div class="notice" role="note">
			<p>{texts.title}</p>
			<ul>
				{silences.map(({ id, reason, begunBy, until, askedBy }) => (
					<li key={id}>
						{askedBy === null ? begunBy : `${askedBy.authority} (${askedBy.reference})`}: {reason}
						{" – "}
						{until === null ? texts.open : texts.until} {until !== null && <ClockTime at={until} />}{" "}
						{onEnd !== null && (
							<button type="button" class="button" onClick={() => onEnd(id)}>
								{texts.end}
							</button>
						)}
					</li>
				))}
			</ul>
		</div>
	);
}

interface BeginProps {
	readonly problem: ApiProblem | null;
	readonly onBegin: (request: BeginSilenceRequest) => void;
	readonly onCancel: () => void;
}

function BeginForm({ problem, onBegin, onCancel }: BeginProps) {
	const texts = useWords().casePage.silences;
	const [until, setUntil] = useState("");
	const confirm = (reason: string) => onBegin({ reason, until: until === "" ? null : new Date(until).toISOString() });
	return (
		<ReasonForm title={texts.begin} text={texts.beginText} problem={problem} onConfirm={confirm} onCancel={onCancel}>
			<label class="field">
				<span>{texts.untilField}</span>
				<input type="datetime-local" value={until} onInput={({ currentTarget }) => setUntil(currentTarget.value)} />
			</label>
		</ReasonForm>
	);
}
