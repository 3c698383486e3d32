import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Resource } from "../hooks/use-resource.ts";
import { useKeys } from "../keys/use-keys.ts";
import { FailedPanel, LoadingPanel, ProblemLine } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "./console-context.ts";

interface PageProps {
	readonly title: string;
	readonly class?: string;
	/** Beside the title. */
	readonly aside?: ComponentChildren;
	/** For Esc; without it the key does nothing. */
	readonly onBack?: () => void;
	readonly children: ComponentChildren;
}

/** A screen without keys of its own: its title, and the help. */
export function PlainPage({ title, class: name = "", aside, onBack, children }: PageProps) {
	const words = useWords();
	const { showHelp } = useDesk();
	useKeys({
		scope: "plain",
		run({ kind }) {
			if (kind === "help") showHelp();
			if (kind === "back") onBack?.();
		},
	});
	useEffect(() => {
		document.title = `${title} · ${words.shell.name}`;
	}, [title, words]);
	return (
		<main id="content" class={`page ${name}`}>
			<div class="page-head">
				<h1>{title}</h1>
				{aside}
			</div>
			{children}
		</main>
	);
}

interface LoadedProps<T> {
	readonly resource: Resource<T>;
	readonly children: (value: T) => ComponentChildren;
}

/** What was loaded; before that, that it is loading or why it is not there. A newer one that cannot be had is said above it. */
export function Loaded<T>({ resource: { value, problem, reload }, children }: LoadedProps<T>) {
	if (value === null) return problem === null ? <LoadingPanel /> : <FailedPanel problem={problem} onRetry={reload} />;
	return (
		<>
			{problem !== null && <ProblemLine problem={problem} />}
			{children(value)}
		</>
	);
}
