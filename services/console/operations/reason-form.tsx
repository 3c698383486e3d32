import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ApiProblemCode } from "../api/api-problem.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { problemText } from "../parts/problem-text.ts";
import { useWords } from "../shell/console-context.ts";

interface ReasonFormProps {
	readonly title: string;
	/** What confirming will do. */
	readonly text: string;
	readonly problem: ApiProblemCode | null;
	readonly onConfirm: (reason: string) => void;
	readonly onCancel: () => void;
}

/** An act that asks for a reason, and is confirmed with Enter. */
export function ReasonForm({ title, text, problem, onConfirm, onCancel }: ReasonFormProps) {
	const words = useWords();
	const texts = words.operations.deadLetters.confirm;
	const [isMissing, setMissing] = useState(false);
	const why = useRef<HTMLInputElement>(null);
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => why.current?.focus(), []);
	const submit = (event: Event) => {
		event.preventDefault();
		const given = why.current?.value.trim() ?? "";
		if (given === "") {
			setMissing(true);
			why.current?.focus();
		} else onConfirm(given);
	};
	return (
		<form class="inline-confirm" onSubmit={submit} noValidate aria-labelledby="reason-title">
			<h2 id="reason-title">{title}</h2>
			<p>{text}</p>
			{(isMissing || problem !== null) && (
				<p class="notice notice-problem" role="alert">
					{problem === null ? texts.missing : problemText(problem, words)}
				</p>
			)}
			<label class="field">
				<span>{texts.why}</span>
				<input ref={why} maxLength={500} autocomplete="off" />
			</label>
			<div class="button-row">
				<button type="submit" class="button button-main">
					{texts.submit} <KeyHint of="Enter" />
				</button>
				<button type="button" class="button" onClick={onCancel}>
					{texts.cancel} <KeyHint of="Escape" />
				</button>
			</div>
		</form>
	);
}
