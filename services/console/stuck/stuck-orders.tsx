import { CaseLink } from "../parts/case-link.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { orderReason } from "./order-reason.ts";
import { StuckPanel } from "./stuck-panel.tsx";

export function StuckOrders() {
	const words = useWords();
	const { client } = useDesk();
	const { columns } = words.stuck;
	const reasonText = (reason: string | null) => (reason === null ? "–" : orderReason(reason, words));
	return (
		<StuckPanel
			key="orders"
			kind="order"
			load={async (query) => (await client.stuckOrders(query)).orders}
			reasonsOf={(rows) =>
				[...new Set(rows.flatMap(({ reason }) => reason ?? []))].map((code) => ({ code, text: reasonText(code) }))
			}
			nameOf={({ platformName, action, id }) => `${platformName} ${words.terms.orderAction[action]} ${shortIdOf(id)}`}
			columns={[
				{ name: columns.platform, cell: ({ platformName }) => platformName },
				{
					name: columns.order,
					cell: ({ action, version }) => (
						<>
							{words.terms.orderAction[action]} <span class="quiet">{words.evidence.orders.version(version)}</span>
						</>
					),
				},
				{ name: columns.issued, cell: ({ issuedAt }) => <Ago at={issuedAt} /> },
				{ name: columns.state, cell: ({ state }) => words.terms.orderState[state] },
				{ name: columns.attempts, isNumber: true, cell: ({ attempts }) => attempts },
				{ name: columns.reason, cell: ({ reason }) => reasonText(reason) },
				{ name: columns.case, class: "code", cell: ({ caseId }) => <CaseLink id={caseId} /> },
			]}
		/>
	);
}
