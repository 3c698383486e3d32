import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ApiProblemCode } from "../api/api-problem.ts";
import { useKeys } from "../keys/use-keys.ts";
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
	/** What else is to be chosen; comes first. */
	readonly children?: ComponentChildren;
	/** Something of that is not chosen yet. */
	readonly isIncomplete?: boolean;
}

/** An act that asks for a reason: Enter confirms, Esc cancels. */
export function ReasonForm({
	title,
	text,
	problem,
	onConfirm,
	onCancel,
	children,
	isIncomplete = false,
}: ReasonFormProps) {
	const words = useWords();
	const texts = words.operations.confirm;
	const [missing, setMissing] = useState<string | null>(null);
	const form = useRef<HTMLFormElement>(null);
	const why = useRef<HTMLInputElement>(null);
	useKeys({ scope: "dialog", run: onCancel });
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => form.current?.querySelector<HTMLElement>("select, input")?.focus(), []);
	const submit = (event: Event) => {
		event.preventDefault();
		const given = why.current?.value.trim() ?? "";
		setMissing(isIncomplete ? texts.incomplete : given === "" ? texts.missing : null);
		if (!isIncomplete && given === "") why.current?.focus();
		else if (!isIncomplete) onConfirm(given);
	};
	const said = missing ?? (problem === null ? null : problemText(problem, words));
	return (
		<form class="inline-confirm" ref={form} onSubmit={submit} noValidate aria-labelledby="reason-title">
			<h2 id="reason-title">{title}</h2>
			{children}
			<p>{text}</p>
			{said !== null && (
				<p class="notice notice-problem" role="alert">
					{said}
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
