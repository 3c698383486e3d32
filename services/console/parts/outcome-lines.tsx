import type { Acting } from "../hooks/use-act.ts";
import { ProblemLine } from "./state-panel.tsx";

/** What the last act did, or why it did nothing. */
export function OutcomeLines({ outcome, problem }: Pick<Acting, "outcome" | "problem">) {
	return (
		<>
			{outcome !== null && (
				<p class="notice" role="status">
					{outcome}
				</p>
			)}
			{problem !== null && <ProblemLine problem={problem} />}
		</>
	);
}
