import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { ApiProblem } from "../api/api-problem.ts";
import { useKeys } from "../keys/use-keys.ts";
import { useWords } from "../shell/console-context.ts";
import { focusContent } from "./focus-content.ts";
import { KeyHint } from "./key-hint.tsx";
import { useProblemText } from "./problem-text.ts";

interface ConfirmFormProps {
	readonly title: string;
	/** What confirming will do. */
	readonly text: string;
	/** Why confirming did nothing: what is missing, or what the server said. */
	readonly missing?: string | null;
	readonly problem: ApiProblem | null;
	readonly isBusy?: boolean;
	readonly onConfirm: () => void;
	readonly onCancel: () => void;
	/** What else is to be chosen or said. */
	readonly children?: ComponentChildren;
}

/** An act that says what it will do and waits for Enter; Esc cancels. */
export function ConfirmForm(props: ConfirmFormProps) {
	const problemText = useProblemText();
	const { title, text, missing = null, problem, isBusy = false, onConfirm, onCancel, children } = props;
	const words = useWords();
	const texts = words.operations.confirm;
	const form = useRef<HTMLFormElement>(null);
	const titleId = useId();
	useKeys({ scope: "dialog", run: onCancel });
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => {
		// A reason first where one is asked for: words typed into a select would change what it is about.
		const fields = form.current;
		(
			fields?.querySelector<HTMLElement>("[data-reason]") ?? fields?.querySelector<HTMLElement>("select, input, button")
		)?.focus();
		// What opened it is mostly gone when it closes: then the keyboard goes on from the top of the screen's content.
		return focusContent;
	}, []);
	const said = missing ?? (problem === null ? null : problemText(problem));
	const alert = useRef<HTMLParagraphElement>(null);
	// A long form on a small screen: what was wrong stands above what was just pressed.
	useLayoutEffect(() => alert.current?.scrollIntoView({ block: "nearest" }), [said]);
	const submit = (event: Event) => {
		event.preventDefault();
		if (!isBusy) onConfirm();
	};
	return (
		<form class="inline-confirm" ref={form} onSubmit={submit} noValidate aria-labelledby={titleId}>
			<h2 id={titleId}>{title}</h2>
			<p>{text}</p>
			{said !== null && (
				<p class="notice notice-problem" role="alert" ref={alert}>
					{said}
				</p>
			)}
			{children}
			<div class="button-row">
				<button type="submit" class="button button-main" disabled={isBusy}>
					{isBusy ? words.acts.confirm.busy : texts.submit} <KeyHint of="Enter" />
				</button>
				<button type="button" class="button" onClick={onCancel}>
					{texts.cancel} <KeyHint of="Escape" />
				</button>
			</div>
		</form>
	);
}
