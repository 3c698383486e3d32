import { useState } from "preact/hooks";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import { usePassing } from "./use-passing.ts";

export interface Acting {
	readonly isBusy: boolean;
	/** What the last act did, or why it did nothing. */
	readonly outcome: string | null;
	readonly problem: ApiProblem | null;
	/** `done` says what it did; as a function, of what the server answered. */
	act<T>(done: string | ((answer: T) => string), run: () => Promise<T>): Promise<void>;
	forget(): void;
}

/** Acts of a screen that say afterwards what they did. `onDone` is called after one that was carried out, `onEnded` after each. */
export function useAct(onDone: () => void, onEnded: () => void): Acting {
	const [isBusy, setBusy] = useState(false);
	const [outcome, setOutcome] = useState<string | null>(null);
	const [problem, setProblem] = usePassing<ApiProblem>();
	const forget = () => {
		setOutcome(null);
		setProblem(null);
	};
	return {
		...{ isBusy, outcome, problem, forget },
		async act(done, run) {
			forget();
			setBusy(true);
			try {
				const answer = await run();
				setOutcome(typeof done === "string" ? done : done(answer));
				onDone();
			} catch (error) {
				setProblem(problemOf(error));
			} finally {
				setBusy(false);
			}
			// Refused or not, what is shown may no longer be so.
			onEnded();
		},
	};
}
