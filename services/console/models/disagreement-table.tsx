import type { ModelsAnswer } from "../../core/wire/models-api.ts";
import { formatProbability } from "../format/number.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";

/** Where one of the two would have asked people and the other not, and what people then said. */
export function DisagreementTable({ disagreements }: Pick<ModelsAnswer, "disagreements">) {
	const { words, language } = usePreferences();
	const { columns } = words.models;
	const share = (value: number) => formatProbability(value, language);
	return (
		<DataTable
			rows={disagreements.map((one, index) => ({ ...one, key: String(index) }))}
			keyOf={({ key }) => key}
			columns={[
				{ name: columns.at, cell: ({ at }) => <Ago at={at} /> },
				{ name: columns.live, class: "code", cell: ({ live }) => live },
				{ name: columns.said, isNumber: true, cell: ({ liveProbability }) => share(liveProbability) },
				{ name: columns.shadow, class: "code", cell: ({ shadow }) => shadow },
				{ name: columns.said, isNumber: true, cell: ({ shadowProbability }) => share(shadowProbability) },
				{ name: columns.caseOf, class: "code", cell: ({ caseId }) => <CaseLink id={caseId} /> },
				{ name: columns.decision, cell: ({ decision }) => (decision === null ? "–" : words.terms.decision[decision]) },
			]}
		/>
	);
}
