import { useState } from "preact/hooks";
import { type ApiProblemCode, problemOf } from "../api/api-problem.ts";

export interface Acting {
	/** What the last act did, or why it did nothing. */
	readonly outcome: string | null;
	readonly problem: ApiProblemCode | null;
	/** `done` says what it did; as a function, of what the server answered. */
	act<T>(done: string | ((answer: T) => string), run: () => Promise<T>): Promise<void>;
	forget(): void;
}

/** Acts of a screen that say afterwards what they did. `onDone` is called after each that was carried out. */
export function useAct(onDone: () => void): Acting {
	const [outcome, setOutcome] = useState<string | null>(null);
	const [problem, setProblem] = useState<ApiProblemCode | null>(null);
	const forget = () => {
		setOutcome(null);
		setProblem(null);
	};
	return {
		outcome,
		problem,
		forget,
		async act(done, run) {
			forget();
			try {
				const answer = await run();
				setOutcome(typeof done === "string" ? done : done(answer));
				onDone();
			} catch (error) {
				setProblem(problemOf(error).code);
			}
		},
	};
}
