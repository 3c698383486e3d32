import { useState } from "preact/hooks";
import { deadLetterReasons, deadLetterStates } from "../../core/ports/dead-letter-store.ts";
import type { DeadLettersAnswer } from "../../core/wire/review-api.ts";
import { formatCount } from "../format/number.ts";
import type { Column } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { OneOf } from "../parts/one-of.tsx";
import { useDesk, usePreferences, useSays } from "../shell/console-context.ts";
import { StuckPanel } from "./stuck-panel.tsx";

type Letter = DeadLettersAnswer["letters"][number];

export function StuckLetters() {
	const { words, language } = usePreferences();
	const says = useSays();
	const { client } = useDesk();
	const texts = words.stuck;
	const { columns } = texts;
	const [state, setState] = useState<(typeof deadLetterStates)[number]>("parked");
	const [counts, setCounts] = useState<DeadLettersAnswer["counts"]>([]);
	const placeOf = ({ topic, partition, offset }: Letter) => `${topic} ${partition}/${offset}`;
	const countOf = (reason: string) => counts.find((one) => one.reason === reason)?.count ?? 0;
	const resolved: Column<Letter> = {
		name: columns.resolved,
		cell: ({ resolvedAt, resolvedBy, resolution }) => (
			<>
				{resolvedAt !== null && <Ago at={resolvedAt} />} · {resolvedBy}
				{resolution !== null && <q>{resolution}</q>}
			</>
		),
	};
	return (
		<>
			<OneOf
				label={columns.state}
				value={state}
				codes={deadLetterStates}
				textOf={(one) => texts.letterStates[one]}
				onChoose={setState}
			/>
			<StuckPanel
				key={state}
				kind="dead-letter"
				name={state}
				load={async (query) => {
					const found = await client.deadLetters({ state, ...query });
					setCounts(found.counts);
					return found.letters;
				}}
				reasonsOf={() =>
					deadLetterReasons.map((code) => ({ code, text: `${texts.letterReasons[code]} (${countOf(code)})` }))
				}
				nameOf={placeOf}
				isOpen={state === "parked"}
				columns={[
					{ name: columns.parked, cell: ({ parkedAt }) => <Ago at={parkedAt} /> },
					{ name: columns.reason, cell: ({ reason }) => texts.letterReasons[reason] },
					{ name: columns.detail, class: "letter-detail", cell: ({ faults }) => faults.map(says).join("; ") },
					{ name: columns.place, class: "code", cell: placeOf },
					{
						name: columns.size,
						isNumber: true,
						cell: ({ valueBytes }) => texts.bytes(formatCount(valueBytes, language)),
					},
					{ name: columns.attempts, isNumber: true, cell: ({ attempts }) => attempts },
					...(state === "parked" ? [] : [resolved]),
				]}
			/>
		</>
	);
}
