import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { TrendView } from "../../core/history/trends.ts";
import type { TrendQuery } from "../../core/wire/trend-api.ts";
import { trendAddress } from "../api/trend-address.ts";
import type { Resource } from "../hooks/use-resource.ts";
import { usePreferences } from "../shell/console-context.ts";
import { Loaded } from "../shell/plain-page.tsx";

interface TrendSectionProps<Answer> {
	readonly title: string;
	readonly text?: string;
	readonly view: TrendView | `saved/${string}`;
	readonly asked: TrendQuery;
	readonly resource: Resource<Answer>;
	readonly children: (answer: Answer) => ComponentChildren;
}

/** One view of the history: what it shows, and the same for a spreadsheet. */
export function TrendSection<Answer extends { readonly rows: readonly unknown[] }>(props: TrendSectionProps<Answer>) {
	const { title, text, view, asked, resource, children } = props;
	const { words } = usePreferences();
	const id = useId();
	return (
		<section aria-labelledby={id}>
			<div class="section-head">
				<h2 id={id}>{title}</h2>
				<a href={trendAddress(view, asked, "csv")} download>
					{words.trends.asCsv}
				</a>
			</div>
			{text !== undefined && <p class="quiet">{text}</p>}
			<Loaded resource={resource}>
				{(answer) => (answer.rows.length === 0 ? <p class="quiet">{words.trends.empty}</p> : children(answer))}
			</Loaded>
		</section>
	);
}
