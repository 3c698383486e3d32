// What a screen shows when it has nothing else to show.
import type { ComponentChildren } from "preact";
import type { ApiProblem } from "../api/api-problem.ts";
import { useWords } from "../shell/console-context.ts";
import { useProblemText } from "./problem-text.ts";

interface PanelProps {
	readonly title: string;
	readonly children?: ComponentChildren;
	readonly isAlert?: boolean;
}

export function StatePanel({ title, children, isAlert = false }: PanelProps) {
	return (
		<section class="state-panel" role={isAlert ? "alert" : "status"}>
			<h2>{title}</h2>
			{children}
		</section>
	);
}

export function LoadingPanel() {
	return (
		<p class="state-loading" role="status">
			{useWords().shell.states.loading}
		</p>
	);
}

export function FailedPanel({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry: () => void }) {
	const problemText = useProblemText();
	const words = useWords();
	return (
		<StatePanel title={words.shell.states.failedTitle} isAlert>
			<p>{problemText(problem)}</p>
			<button type="button" class="button" onClick={onRetry}>
				{words.shell.states.retry}
			</button>
		</StatePanel>
	);
}

export function ForbiddenPanel({
	roles,
}: {
	readonly roles: readonly (keyof ReturnType<typeof useWords>["terms"]["role"])[];
}) {
	const words = useWords();
	return (
		<StatePanel title={words.shell.states.forbiddenTitle}>
			<p>{words.shell.states.forbiddenText(roles.map((role) => words.terms.role[role]).join(", "))}</p>
		</StatePanel>
	);
}

/** A line at the top of a screen that still shows what it had. */
export function ProblemLine({ problem }: { readonly problem: ApiProblem }) {
	return (
		<p class="notice notice-problem" role="alert">
			{useProblemText()(problem)}
		</p>
	);
}
