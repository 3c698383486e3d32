import { jobNames } from "../../core/wire/jobs.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { orderReason } from "./order-reason.ts";
import { StuckPanel } from "./stuck-panel.tsx";

export function StuckJobs() {
	const { client } = useDesk();
	const words = useWords();
	const { columns, jobNames: names, notYet } = words.stuck;
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
				{ name: columns.platform, cell: ({ platformName }) => platformName ?? "–" },
				{ name: columns.attempts, isNumber: true, cell: ({ attempts }) => attempts ?? "–" },
				{ name: columns.reason, cell: ({ reason }) => (reason === null ? "–" : orderReason(reason, words)) },
				{ name: columns.case, class: "code", cell: ({ caseId }) => <CaseLink id={caseId} /> },
				{ name: columns.recorded, cell: ({ recordedAt }) => <Ago at={recordedAt} /> },
				{ name: columns.enqueued, cell: ({ enqueuedAt }) => (enqueuedAt === null ? notYet : <Ago at={enqueuedAt} />) },
			]}
		/>
	);
}
