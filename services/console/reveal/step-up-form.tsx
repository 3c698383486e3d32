import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ApiProblem } from "../api/api-problem.ts";
import { useProblemText } from "../parts/problem-text.ts";
import { useWords } from "../shell/console-context.ts";
import type { StepUp } from "./use-stage.ts";

interface StepUpProps {
	readonly problem: ApiProblem | null;
	readonly onAllow: (stepUp: StepUp) => void;
	readonly onCancel: () => void;
}

export function StepUpForm({ problem, onAllow, onCancel }: StepUpProps) {
	const problemText = useProblemText();
	const words = useWords();
	const { stepUp } = words.stage;
	const [isMissing, setMissing] = useState(false);
	const reason = useRef<HTMLInputElement>(null);
	const password = useRef<HTMLInputElement>(null);
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => reason.current?.focus(), []);
	const submit = (event: Event) => {
		event.preventDefault();
		const given = { reason: reason.current?.value.trim() ?? "", password: password.current?.value ?? "" };
		if (given.reason === "" || given.password === "") {
			setMissing(true);
			(given.reason === "" ? reason : password).current?.focus();
			return;
		}
		onAllow(given);
	};
	return (
		<form class="viewer step-up" onSubmit={submit} noValidate aria-labelledby="step-up-title">
			<h3 id="step-up-title">{stepUp.title}</h3>
			<p>{stepUp.text}</p>
			{(isMissing || problem !== null) && (
				<p class="notice notice-problem" role="alert">
					{problem === null ? stepUp.missing : problemText(problem)}
				</p>
			)}
			<label class="field">
				<span>{stepUp.reason}</span>
				<input ref={reason} maxLength={500} autocomplete="off" />
			</label>
			<label class="field">
				<span>{stepUp.password}</span>
				<input ref={password} type="password" autocomplete="current-password" />
			</label>
			<div class="button-row">
				<button type="submit" class="button button-main">
					{stepUp.submit}
				</button>
				<button type="button" class="button" onClick={onCancel}>
					{stepUp.cancel}
				</button>
			</div>
		</form>
	);
}
