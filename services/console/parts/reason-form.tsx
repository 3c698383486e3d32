import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ApiProblem } from "../api/api-problem.ts";
import { useWords } from "../shell/console-context.ts";
import { ConfirmForm } from "./confirm-form.tsx";

interface ReasonFormProps {
	readonly title: string;
	/** What confirming will do. */
	readonly text: string;
	readonly problem: ApiProblem | null;
	readonly onConfirm: (reason: string) => void;
	readonly onCancel: () => void;
	/** What else is to be chosen; comes first. */
	readonly children?: ComponentChildren;
	/** Something of that is not chosen yet. */
	readonly isIncomplete?: boolean;
}

/** An act that asks for a reason. */
export function ReasonForm({ onConfirm, children, isIncomplete = false, ...rest }: ReasonFormProps) {
	const texts = useWords().operations.confirm;
	const [missing, setMissing] = useState<string | null>(null);
	const why = useRef<HTMLInputElement>(null);
	const choices = useRef<HTMLDivElement>(null);
	const confirm = () => {
		const given = why.current?.value.trim() ?? "";
		setMissing(isIncomplete ? texts.incomplete : given === "" ? texts.missing : null);
		if (isIncomplete) {
			choices.current?.querySelector<HTMLElement>("select, input")?.focus();
			return;
		}
		if (given === "") why.current?.focus();
		else onConfirm(given);
	};
	return (
		<ConfirmForm missing={missing} onConfirm={confirm} {...rest}>
			<div class="choices" ref={choices}>
				{children}
			</div>
			<label class="field">
				<span>{texts.why}</span>
				<input ref={why} data-reason maxLength={500} autocomplete="off" />
			</label>
		</ConfirmForm>
	);
}
