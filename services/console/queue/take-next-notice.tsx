import type { CaseLane } from "../../core/ports/case-store.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { ProblemLine } from "../parts/state-panel.tsx";
import { useWords } from "../shell/console-context.ts";
import type { TakeNext } from "./use-take-next.ts";

export function takeNextName({ queue, terms }: Dictionary, lane: CaseLane | null): string {
	return lane === null ? queue.takeNext : queue.takeNextOf(terms.lane[lane]);
}

export function TakeNextNotice({ notice, lane }: Pick<TakeNext, "notice"> & { readonly lane: CaseLane | null }) {
	const words = useWords();
	if (notice === null) return null;
	if (notice !== "nothing") return <ProblemLine problem={notice} />;
	return (
		<p class="notice" role="status">
			{lane === null ? words.queue.nothingNext : words.queue.nothingNextOf(words.terms.lane[lane])}
		</p>
	);
}
