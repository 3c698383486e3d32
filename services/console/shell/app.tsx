// Who is here: nobody yet, nobody (and why), or a person with a session.
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SessionAnswer } from "../../core/wire/review-api.ts";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import { createRequests } from "../api/requests.ts";
import { createReviewClient } from "../api/review-client.ts";
import { usePreferencesStore } from "../hooks/use-preferences-store.ts";
import { FailedPanel, LoadingPanel } from "../parts/state-panel.tsx";
import { PreferencesContext } from "./console-context.ts";
import { FirstPasswordScreen } from "./first-password-screen.tsx";
import { LoginScreen } from "./login-screen.tsx";
import { Workplace } from "./workplace.tsx";

type Presence =
	| { readonly kind: "checking" }
	| { readonly kind: "unreachable"; readonly problem: ApiProblem }
	| { readonly kind: "nobody"; readonly because: "new" | "ended" | "signed-out" }
	| { readonly kind: "person"; readonly session: SessionAnswer };

export function App() {
	const preferences = usePreferencesStore();
	const [presence, setPresence] = useState<Presence>({ kind: "checking" });
	const onUnauthenticated = useRef(() => {});
	onUnauthenticated.current = () =>
		setPresence((old) => (old.kind === "person" ? { kind: "nobody", because: "ended" } : old));
	const client = useMemo(() => createReviewClient(createRequests(() => onUnauthenticated.current())), []);

	const check = useCallback(() => {
		setPresence({ kind: "checking" });
		client.session().then(
			(session) => setPresence({ kind: "person", session }),
			(error: unknown) => {
				const problem = problemOf(error);
				const isNobody = problem.code === "unauthenticated";
				setPresence(isNobody ? { kind: "nobody", because: "new" } : { kind: "unreachable", problem });
			},
		);
	}, [client]);
	useEffect(check, [check]);
	const onSession = useCallback(
		(session: SessionAnswer) => setPresence((old) => (old.kind === "person" ? { kind: "person", session } : old)),
		[],
	);

	return (
		<PreferencesContext.Provider value={preferences}>
			{presence.kind === "checking" && <LoadingPanel />}
			{presence.kind === "unreachable" && (
				<main class="plain-page">
					<FailedPanel problem={presence.problem} onRetry={check} />
				</main>
			)}
			{presence.kind === "nobody" && (
				<LoginScreen
					client={client}
					because={presence.because}
					onLoggedIn={(session) => setPresence({ kind: "person", session })}
				/>
			)}
			{presence.kind === "person" && presence.session.mustChangePassword && (
				<FirstPasswordScreen client={client} onChanged={(session) => setPresence({ kind: "person", session })} />
			)}
			{presence.kind === "person" && !presence.session.mustChangePassword && (
				<Workplace
					client={client}
					session={presence.session}
					onSession={onSession}
					onLeft={(because) => setPresence({ kind: "nobody", because })}
				/>
			)}
		</PreferencesContext.Provider>
	);
}
