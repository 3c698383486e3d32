import { useState } from "preact/hooks";
import type { SavedViewAnswer, TrendQuery } from "../../core/wire/trend-api.ts";
import { useResource } from "../hooks/use-resource.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";

/** Questions that operators saved; nothing where there are none. */
export function SavedTrend({ asked }: { readonly asked: TrendQuery }) {
	const texts = useWords().trends.saved;
	const { client } = useDesk();
	const { value } = useResource("saved views", () => client.savedViews());
	const [chosen, setChosen] = useState<string | null>(null);
	const views = value?.views ?? [];
	const view = views.find(({ name }) => name === chosen) ?? views[0];
	if (view === undefined) return null;
	return (
		<>
			<label class="field">
				<span>{texts.choose}</span>
				<select value={view.name} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
					{views.map(({ name }) => (
						<option key={name} value={name}>
							{name}
						</option>
					))}
				</select>
			</label>
			<SavedView key={view.name} name={view.name} says={view.says} asked={asked} />
		</>
	);
}

interface SavedViewProps {
	readonly name: string;
	readonly says: string;
	readonly asked: TrendQuery;
}

function SavedView({ name, says, asked }: SavedViewProps) {
	const { client } = useDesk();
	const resource = useResource(`saved ${name} ${asked.days} ${asked.platform ?? ""}`, () =>
		client.savedView(name, asked),
	);
	return (
		<TrendSection {...{ title: name, text: says, view: `saved/${name}` as const, asked, resource }}>
			{(answer) => <Rows answer={answer} />}
		</TrendSection>
	);
}

function Rows({ answer: { columns, rows } }: { readonly answer: SavedViewAnswer }) {
	const numbered = rows.map((cells, at) => ({ at: String(at), cells }));
	const shown = columns.map(
		(name, place): Column<(typeof numbered)[number]> => ({ name, cell: ({ cells }) => String(cells[place] ?? "–") }),
	);
	return <DataTable rows={numbered} keyOf={({ at }) => at} columns={shown} />;
}
