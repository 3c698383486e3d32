import { ProblemLine } from "../parts/state-panel.tsx";
import { useWords } from "../shell/console-context.ts";
import type { TakeNext } from "./use-take-next.ts";

export function TakeNextNotice({ notice }: Pick<TakeNext, "notice">) {
	const words = useWords();
	if (notice === null) return null;
	if (notice !== "nothing") return <ProblemLine code={notice} />;
	return (
		<p class="notice" role="status">
			{words.queue.nothingNext}
		</p>
	);
}
