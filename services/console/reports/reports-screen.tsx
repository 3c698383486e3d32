// What the public reported and who waits for an answer: those where a child is in danger first, then whoever waits longest.
import { useState } from "preact/hooks";
import { type ReportShelf, reportShelves } from "../../core/ports/report-store.ts";
import type { ReportsAnswer } from "../../core/wire/report-api.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { OneOf } from "../parts/one-of.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { hashOf } from "../shell/route.ts";

type Report = ReportsAnswer["reports"][number];

export function ReportsScreen() {
	const texts = useWords().reports;
	const { client } = useDesk();
	const [shelf, setShelf] = useState<ReportShelf>("waiting");
	const found = useResource(`reports ${shelf}`, () => client.reports(shelf));
	const { reload } = found;
	useReread(reload);
	return (
		<PlainPage title={texts.title} class="now">
			<p class="quiet">{texts.intro}</p>
			<OneOf
				label={texts.shelf}
				value={shelf}
				codes={reportShelves}
				textOf={(one) => texts.shelves[one]}
				onChoose={setShelf}
			/>
			<Loaded resource={found}>
				{({ reports }) =>
					reports.length === 0 ? <p class="quiet">{texts.none}</p> : <ReportTable shelf={shelf} reports={reports} />
				}
			</Loaded>
		</PlainPage>
	);
}

interface TableProps {
	readonly shelf: ReportShelf;
	readonly reports: readonly Report[];
}

function ReportTable({ shelf, reports }: TableProps) {
	const texts = useWords().reports;
	const columns: readonly Column<Report>[] = [
		{
			name: texts.columns.about,
			cell: ({ id, about, isDangerNow }) => (
				<>
					<a href={hashOf({ name: "report", id })}>{texts.subjects[about]}</a>
					{isDangerNow && <strong class="tag">{texts.danger}</strong>}
				</>
			),
		},
		{ name: texts.columns.received, cell: ({ receivedAt }) => <Ago at={receivedAt} /> },
		{ name: texts.columns.state, cell: (report) => texts.states[stateOf(report, shelf)] },
		{ name: texts.columns.alike, cell: ({ alike }) => texts.alike(alike.reports, alike.reporters) },
		{ name: texts.columns.where, class: "code", cell: ({ where }) => where },
	];
	return <DataTable rows={reports} keyOf={({ id }) => id} columns={columns} />;
}

function stateOf({ isTaken, isAnswered }: Report, shelf: ReportShelf): "unread" | "read" | "again" | "answered" {
	if (isAnswered) return shelf === "waiting" ? "again" : "answered";
	return isTaken ? "read" : "unread";
}
