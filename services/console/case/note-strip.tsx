import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ApiProblem } from "../api/api-problem.ts";
import { useProblemText } from "../parts/problem-text.ts";
import { submitOnEnter } from "../parts/submit-on-enter.ts";
import { useWords } from "../shell/console-context.ts";
import { StripButtons } from "./strip-buttons.tsx";

interface NoteProps {
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	readonly onSave: (text: string) => void;
	readonly onCancel: () => void;
}

export function NoteStrip({ isBusy, problem, onSave, onCancel }: NoteProps) {
	const problemText = useProblemText();
	const words = useWords();
	const { note } = words.acts;
	const [isMissing, setMissing] = useState(false);
	const text = useRef<HTMLTextAreaElement>(null);
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => text.current?.focus(), []);
	const submit = (event: Event) => {
		event.preventDefault();
		const given = text.current?.value.trim() ?? "";
		if (given === "") {
			setMissing(true);
			text.current?.focus();
		} else if (!isBusy) onSave(given);
	};
	return (
		<form class="strip strip-note" onSubmit={submit} noValidate aria-labelledby="note-title">
			<h2 id="note-title">{note.title}</h2>
			<div class="strip-reason">
				{(isMissing || problem !== null) && (
					<p class="notice notice-problem" role="alert">
						{problem === null ? note.missing : problemText(problem)}
					</p>
				)}
				<label class="field">
					<span>{note.label}</span>
					<textarea ref={text} rows={2} maxLength={4_000} onKeyDown={submitOnEnter} />
				</label>
				<StripButtons submit={note.submit} hint={note.hint} {...{ isBusy, onCancel }} />
			</div>
		</form>
	);
}
