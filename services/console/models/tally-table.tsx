import type { ModelsAnswer } from "../../core/wire/models-api.ts";
import { formatCount } from "../format/number.ts";
import { DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";

export function TallyTable({ tallies }: Pick<ModelsAnswer, "tallies">) {
	const { words, language } = usePreferences();
	const { columns } = words.models;
	const count = (value: number) => formatCount(value, language);
	return (
		<DataTable
			rows={tallies}
			keyOf={({ live, shadow }) => `${live} ${shadow}`}
			columns={[
				{ name: columns.live, class: "code", cell: ({ live }) => live },
				{ name: columns.shadow, class: "code", cell: ({ shadow }) => shadow },
				{ name: columns.compared, isNumber: true, cell: ({ compared }) => count(compared) },
				{
					name: columns.disagreed,
					isNumber: true,
					cell: ({ disagreed, compared }) => `${count(disagreed)} (${count((disagreed / compared) * 100)} %)`,
				},
			]}
		/>
	);
}
