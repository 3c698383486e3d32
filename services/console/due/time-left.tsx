import type { WireClock } from "../../core/wire/review-case.ts";
import { formatAbsolute, formatDuration } from "../format/time.ts";
import { useNow } from "../hooks/use-now.ts";
import { usePreferences } from "../shell/console-context.ts";

/** How a deadline stands at this moment, the moment itself on hover. It passes on the page, too, while nothing new comes. */
export function TimeLeft({ of }: { readonly of: WireClock }) {
	const { words, zone } = usePreferences();
	const { due, terms } = words;
	const now = useNow(1_000);
	if (of.endedAt !== null) {
		const ended = of.state === "moot" ? due.moot : of.state === "late" ? due.doneLate : due.kept;
		return <span>{ended}</span>;
	}
	if (of.dueAt === null) return <span>{of.state === "paused" ? due.paused : due.noFigure}</span>;
	const leftMs = Date.parse(of.dueAt) - now;
	const isOver = leftMs < 0;
	return (
		<time dateTime={of.dueAt} title={formatAbsolute(new Date(of.dueAt), zone)} class={isOver ? "overdue" : undefined}>
			{isOver ? due.overBy(formatDuration(-leftMs, terms.time)) : due.left(formatDuration(leftMs, terms.time))}
		</time>
	);
}
