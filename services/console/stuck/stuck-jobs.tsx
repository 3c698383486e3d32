import { jobNames } from "../../core/wire/jobs.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { StuckPanel } from "./stuck-panel.tsx";

export function StuckJobs() {
	const { client } = useDesk();
	const { columns, jobNames: names, notYet } = useWords().stuck;
	return (
		<StuckPanel
			key="jobs"
			kind="job"
			load={async (query) => (await client.stuckJobs(query)).jobs}
			reasonsOf={() => jobNames.map((code) => ({ code, text: names[code] }))}
			nameOf={({ name, id }) => `${names[name]} ${shortIdOf(id)}`}
			columns={[
				{ name: columns.job, cell: ({ name }) => names[name] },
				{ name: columns.id, class: "code", cell: ({ id }) => shortIdOf(id) },
				{ name: columns.recorded, cell: ({ recordedAt }) => <Ago at={recordedAt} /> },
				{ name: columns.enqueued, cell: ({ enqueuedAt }) => (enqueuedAt === null ? notYet : <Ago at={enqueuedAt} />) },
			]}
		/>
	);
}
