import { useState } from "preact/hooks";
import type { NowAnswer } from "../../core/wire/review-api.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

interface OrdersProps {
	/** Null where this person may not see them. */
	readonly orders: NowAnswer["undeliveredOrders"];
	/** Null where this person may not send them again. */
	readonly onReplay: (() => Promise<void>) | null;
}

export function UndeliveredOrders({ orders, onReplay }: OrdersProps) {
	const words = useWords();
	const { may } = useDesk();
	const texts = words.operations.now;
	const [isAsking, setAsking] = useState(false);
	if (orders === null) return <p class="quiet">{texts.ordersHidden}</p>;
	if (orders.length === 0) return <p>{texts.ordersNone}</p>;
	return (
		<>
			<div class="table-frame">
				<table class="plain-table">
					<thead>
						<tr>
							<th scope="col">{texts.columns.platform}</th>
							<th scope="col">{texts.columns.action}</th>
							<th scope="col">{texts.columns.issued}</th>
							<th scope="col" class="number-column">
								{texts.columns.attempts}
							</th>
							<th scope="col">{texts.columns.caseOf}</th>
						</tr>
					</thead>
					<tbody>
						{orders.map(({ id, platformName, action, version, issuedAt, attempts, caseId }) => (
							<tr key={id}>
								<th scope="row">{platformName}</th>
								<td>
									{words.terms.orderAction[action]} <span class="quiet">{words.evidence.orders.version(version)}</span>
								</td>
								<td>
									<Ago at={issuedAt} />
								</td>
								<td class="number-column">{attempts}</td>
								<td class="code">
									{caseId === null ? (
										"–"
									) : may("case:read") ? (
										<a href={hashOf({ name: "case", id: caseId })}>{shortIdOf(caseId)}</a>
									) : (
										shortIdOf(caseId)
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{onReplay !== null && !isAsking && (
				<button type="button" class="button" onClick={() => setAsking(true)}>
					{texts.replayOrders}…
				</button>
			)}
			{onReplay !== null && isAsking && (
				<section class="inline-confirm" aria-label={texts.replayOrdersTitle}>
					<p>{texts.replayOrdersText(orders.length)}</p>
					<div class="button-row">
						<button
							type="button"
							class="button button-main"
							onClick={async () => {
								setAsking(false);
								await onReplay();
							}}
						>
							{texts.replayOrders}
						</button>
						<button type="button" class="button" onClick={() => setAsking(false)}>
							{words.acts.confirm.cancel}
						</button>
					</div>
				</section>
			)}
		</>
	);
}
