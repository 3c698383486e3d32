import { useState } from "preact/hooks";
import type { NowAnswer } from "../../core/wire/review-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { Ago } from "../parts/moment.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

interface OrdersProps {
	/** Null where this person may not see them. */
	readonly orders: NowAnswer["undeliveredOrders"];
	readonly onChanged: () => void;
}

export function UndeliveredOrders({ orders, onChanged }: OrdersProps) {
	const words = useWords();
	const { client, may } = useDesk();
	const texts = words.operations.now;
	const [isAsking, setAsking] = useState(false);
	const { act, isBusy, problem, outcome } = useAct(() => setAsking(false), onChanged);
	if (orders === null) return <p class="quiet">{texts.ordersHidden}</p>;
	return (
		<>
			<OutcomeLines outcome={outcome} problem={isAsking ? null : problem} />
			{orders.length === 0 ? <p>{texts.ordersNone}</p> : <OrderTable orders={orders} />}
			{orders.length > 0 && may("dead-letter:replay") && !isAsking && (
				<button type="button" class="button" onClick={() => setAsking(true)}>
					{texts.replayOrders}…
				</button>
			)}
			{isAsking && (
				<ConfirmForm
					title={texts.replayOrdersTitle}
					text={texts.replayOrdersText(orders.length)}
					onConfirm={() => act(texts.replayed, () => client.replayOrders(orders.map(({ id }) => id)))}
					onCancel={() => setAsking(false)}
					{...{ isBusy, problem }}
				/>
			)}
		</>
	);
}

function OrderTable({ orders }: { readonly orders: NonNullable<OrdersProps["orders"]> }) {
	const words = useWords();
	const { may } = useDesk();
	const texts = words.operations.now;
	return (
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
	);
}
