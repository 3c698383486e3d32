// Between the first login and everything else: a password that only its owner knows.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SessionAnswer } from "../../core/wire/review-api.ts";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import type { ReviewClient } from "../api/review-client.ts";
import { useProblemText } from "../parts/problem-text.ts";
import { useWords } from "./console-context.ts";
import { LanguageSwitch } from "./language-switch.tsx";

interface FirstPasswordProps {
	readonly client: Pick<ReviewClient, "changePassword">;
	readonly onChanged: (session: SessionAnswer) => void;
}

type Problem = ApiProblem | "missing" | "different";

export function FirstPasswordScreen({ client, onChanged }: FirstPasswordProps) {
	const problemText = useProblemText();
	const words = useWords();
	const own = words.shell.firstPassword;
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<Problem | null>(null);
	const form = useRef<HTMLFormElement>(null);
	useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
	useEffect(() => {
		document.title = `${own.title} · ${words.shell.name}`;
	}, [own, words]);

	const submit = async (event: Event) => {
		event.preventDefault();
		const given = new FormData(form.current ?? undefined);
		const [former, next, again] = ["former", "next", "again"].map((name) => String(given.get(name) ?? ""));
		if (!former || !next || !again) return setProblem("missing");
		if (next !== again) return setProblem("different");
		setBusy(true);
		setProblem(null);
		try {
			onChanged(await client.changePassword(former, next));
		} catch (error) {
			setBusy(false);
			setProblem(problemOf(error));
		}
	};

	return (
		<main class="login">
			<form class="login-card" ref={form} onSubmit={submit} noValidate>
				<p class="wordmark">{words.shell.name}</p>
				<h1>{own.title}</h1>
				<p>{own.why}</p>
				{problem !== null && (
					<p class="notice notice-problem" role="alert">
						{problem === "missing" || problem === "different" ? own[problem] : problemText(problem)}
					</p>
				)}
				<PasswordField name="former" label={own.former} autocomplete="current-password" />
				<PasswordField name="next" label={own.next} autocomplete="new-password" />
				<PasswordField name="again" label={own.again} autocomplete="new-password" />
				<p class="quiet">{own.rule}</p>
				<button type="submit" class="button button-main" disabled={isBusy}>
					{isBusy ? own.busy : own.submit}
				</button>
				<LanguageSwitch />
			</form>
		</main>
	);
}

function PasswordField(props: { readonly name: string; readonly label: string; readonly autocomplete: string }) {
	return (
		<label class="field">
			<span>{props.label}</span>
			<input name={props.name} type="password" autocomplete={props.autocomplete} />
		</label>
	);
}
