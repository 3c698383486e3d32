// What the holder of a case concludes of an entry that its items match. It says first what each conclusion does, and where.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type EntryJudgement, entryJudgements } from "../../core/banks/entry-judgement.ts";
import { declarationOf, hasDistance } from "../../core/hashes/hash-type.ts";
import type { EntryId } from "../../core/ids.ts";
import type { WireItem, WireMatchedEntry } from "../../core/wire/review-case.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { EntryNow } from "../evidence/matched/entry-now.tsx";
import { useProblemText } from "../parts/problem-text.ts";
import { submitOnEnter } from "../parts/submit-on-enter.ts";
import { useDesk, useEvidence, usePreferences, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { StripButtons } from "./strip-buttons.tsx";

interface StripProps {
	readonly entries: readonly WireMatchedEntry[];
	/** Whose matches come first. */
	readonly item: WireItem | null;
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	/** What was typed before the strip was closed, by a lost claim for instance. */
	readonly typed: string;
	readonly onType: (reason: string) => void;
	readonly onConfirm: (entryId: EntryId, judgement: EntryJudgement, reason: string) => void;
	readonly onCancel: () => void;
}

export function JudgeStrip(props: StripProps) {
	const problemText = useProblemText();
	const { entries, item, isBusy, problem, typed, onType, onConfirm, onCancel } = props;
	const words = useWords();
	const { judge, confirm } = words.acts;
	const distanceOf = useDistances(item);
	const ordered = entries.toSorted((a, b) => distanceOf(a) - distanceOf(b));
	const [chosenId, setChosenId] = useState(ordered[0]?.id ?? null);
	const [judgement, setJudgement] = useState<EntryJudgement | null>(null);
	const [missing, setMissing] = useState<"judgement" | "reason" | null>(null);
	const reason = useRef<HTMLTextAreaElement>(null);
	const first = useRef<HTMLFieldSetElement>(null);
	const focusFirst = () => first.current?.querySelector("input")?.focus();
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => void focusFirst(), []);
	const entry = ordered.find(({ id }) => id === chosenId);
	if (entry === undefined) return null;
	const submit = (event: Event) => {
		event.preventDefault();
		const why = reason.current?.value.trim() ?? "";
		setMissing(judgement === null ? "judgement" : why === "" ? "reason" : null);
		if (judgement === null) focusFirst();
		else if (why === "") reason.current?.focus();
		else if (!isBusy) onConfirm(entry.id, judgement, why);
	};
	return (
		<form class="strip" onSubmit={submit} noValidate aria-labelledby="judge-title">
			<div class="strip-what">
				<h2 id="judge-title">{judge.title}</h2>
				<EntryChoice entries={ordered} item={item} chosen={entry} onChoose={setChosenId} />
			</div>
			<div class="strip-reason">
				{(missing !== null || problem !== null) && (
					<p class="notice notice-problem" role="alert">
						{missing === "judgement" ? judge.missing : problem === null ? confirm.missing : problemText(problem)}
					</p>
				)}
				<fieldset class="radio-list" ref={first}>
					<legend class="for-readers">{judge.conclusion}</legend>
					<Judgements of={entry} chosen={judgement} onChoose={setJudgement} />
				</fieldset>
				<label class="field">
					<span>{confirm.reason}</span>
					<textarea
						ref={reason}
						rows={2}
						maxLength={1_000}
						defaultValue={typed}
						onInput={({ currentTarget }) => onType(currentTarget.value)}
						onKeyDown={submitOnEnter}
					/>
				</label>
				<StripButtons submit={confirm.submit} hint={judge.keys} {...{ isBusy, onCancel }} />
			</div>
		</form>
	);
}

interface JudgementsProps {
	readonly of: WireMatchedEntry;
	readonly chosen: EntryJudgement | null;
	readonly onChoose: (judgement: EntryJudgement) => void;
}

function Judgements({ of, chosen, onChoose }: JudgementsProps) {
	const { judge } = useWords().acts;
	const mayClear = useDesk().may("entry:judge");
	return entryJudgements.map((one) => {
		const isForLeads = one === "clear" && !mayClear;
		return (
			<label key={one} class={isForLeads ? "quiet" : undefined}>
				<input
					type="radio"
					name="judgement"
					checked={chosen === one}
					disabled={isForLeads}
					onChange={() => onChoose(one)}
				/>
				<span>
					<strong>{judge.names[one]}</strong>: {judge.does[of.bankKind][one]} {isForLeads && judge.forLeads}
				</span>
			</label>
		);
	});
}

interface ChoiceProps {
	readonly entries: readonly WireMatchedEntry[];
	readonly item: WireItem | null;
	readonly chosen: WireMatchedEntry;
	readonly onChoose: (id: EntryId) => void;
}

function EntryChoice({ entries, item, chosen, onChoose }: ChoiceProps) {
	const { judge } = useWords().acts;
	if (entries.length === 1) return <EntryLine entry={chosen} item={item} />;
	return (
		<fieldset class="radio-list">
			<legend>{judge.which(entries.length)}</legend>
			{entries.map((entry) => (
				<label key={entry.id}>
					<input type="radio" name="entry" checked={entry.id === chosen.id} onChange={() => onChoose(entry.id)} />
					<EntryLine entry={entry} item={item} />
				</label>
			))}
		</fieldset>
	);
}

function EntryLine({ entry, item }: { readonly entry: WireMatchedEntry; readonly item: WireItem | null }) {
	const { words, language } = usePreferences();
	const { acts } = words;
	const distance = useDistances(item)(entry);
	return (
		<span>
			<span class="code">{shortIdOf(entry.id)}</span> · {acts.judge.ofBank} <span class="code">{entry.bankName}</span> ·{" "}
			{declarationOf(entry.hashType).names[language]}
			{Number.isFinite(distance) && hasDistance(entry.hashType) && ` · ${acts.judge.distance(distance)}`}
			<br />
			<EntryNow entry={entry} />
		</span>
	);
}

/** In bits; infinite where the item does not match it. */
function useDistances(item: WireItem | null): (entry: WireMatchedEntry) => number {
	const evidence = useEvidence();
	const named = (item?.signals ?? []).flatMap((signal) => evidence.entryOf(signal) ?? []);
	return ({ id }) => Math.min(...named.filter((one) => one.id === id).map(({ distanceBits }) => distanceBits));
}
