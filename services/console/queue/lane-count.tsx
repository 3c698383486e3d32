// How many cases wait in lanes together; of those that are counted only so far, that there are more.
import type { LanesAnswer } from "../../core/wire/review-api.ts";
import { formatCount } from "../format/number.ts";
import { usePreferences } from "../shell/console-context.ts";

export function LaneCount({ of }: { readonly of: readonly LanesAnswer["lanes"][number][] }) {
	const { words, language } = usePreferences();
	const counted = formatCount(
		of.reduce((sum, { count }) => sum + count, 0),
		language,
	);
	return <>{of.some(({ isMore }) => isMore) ? words.queue.moreThan(counted) : counted}</>;
}
