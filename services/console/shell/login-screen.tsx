import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SessionAnswer } from "../../core/wire/review-api.ts";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import type { ReviewClient } from "../api/review-client.ts";
import { useProblemText } from "../parts/problem-text.ts";
import { useWords } from "./console-context.ts";
import { LanguageSwitch } from "./language-switch.tsx";

interface LoginProps {
	readonly client: ReviewClient;
	readonly because: "new" | "ended" | "signed-out";
	readonly onLoggedIn: (session: SessionAnswer) => void;
}

export function LoginScreen({ client, because, onLoggedIn }: LoginProps) {
	const problemText = useProblemText();
	const words = useWords();
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ApiProblem | "missing" | null>(null);
	const loginField = useRef<HTMLInputElement>(null);
	const passwordField = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => loginField.current?.focus(), []);
	useEffect(() => {
		document.title = `${words.shell.login.title} · ${words.shell.name}`;
	}, [words]);

	const submit = async (event: Event) => {
		event.preventDefault();
		const login = loginField.current?.value.trim() ?? "";
		const password = passwordField.current?.value ?? "";
		if (login === "" || password === "") {
			setProblem("missing");
			(login === "" ? loginField : passwordField).current?.focus();
			return;
		}
		setBusy(true);
		setProblem(null);
		try {
			onLoggedIn(await client.logIn(login, password));
		} catch (error) {
			setBusy(false);
			setProblem(problemOf(error));
			if (passwordField.current !== null) {
				passwordField.current.value = "";
				passwordField.current.focus();
			}
		}
	};

	const notice =
		because === "ended" ? words.shell.login.ended : because === "signed-out" ? words.shell.login.signedOut : null;
	return (
		<main class="login">
			<form class="login-card" onSubmit={submit} noValidate>
				<p class="wordmark">{words.shell.name}</p>
				<h1>{words.shell.login.title}</h1>
				{notice !== null && problem === null && (
					<p class="notice" role="status">
						{notice}
					</p>
				)}
				{problem !== null && (
					<p class="notice notice-problem" role="alert">
						{problem === "missing" ? words.shell.login.missing : problemText(problem)}
					</p>
				)}
				<label class="field">
					<span>{words.shell.login.login}</span>
					<input ref={loginField} name="login" autocomplete="username" autocapitalize="none" spellcheck={false} />
				</label>
				<label class="field">
					<span>{words.shell.login.password}</span>
					<input ref={passwordField} name="password" type="password" autocomplete="current-password" />
				</label>
				<button type="submit" class="button button-main" disabled={isBusy}>
					{isBusy ? words.shell.login.busy : words.shell.login.submit}
				</button>
				<p class="quiet">{words.shell.login.note}</p>
				<LanguageSwitch />
			</form>
		</main>
	);
}
