import type { z } from "zod";
import type { AnyOrderAction } from "../../core/orders/order.ts";
import type { wireOrder } from "../../core/wire/review-case.ts";
import { wordFor } from "../language/dictionary.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

type WireOrder = z.infer<typeof wireOrder>;

export interface PlacedOrder extends Omit<WireOrder, "action"> {
	readonly action: AnyOrderAction;
	/** Place of its item in the case, from 1; null where the list is of one item. */
	readonly itemNumber: number | null;
}

/** Each order with how far it has got; words carry the state, the mark before them only repeats it. */
export function OrderList({ orders }: { readonly orders: readonly PlacedOrder[] }) {
	const { terms, evidence, casePage } = useWords();
	return (
		<ul class="orders">
			{orders.map(({ id, action, version, state, attempts, issuedAt, deliveredAt, itemNumber }) => (
				<li key={id} class={`order order-${state}`}>
					<strong>{terms.orderAction[action]}</strong>
					<span class="quiet numbers">{evidence.orders.version(version)}</span>
					{itemNumber !== null && <span>{casePage.items.short(itemNumber)}</span>}
					<span class="order-state">{wordFor(terms.orderState, state)}</span>
					<span class="quiet numbers">
						<ClockTime at={deliveredAt ?? issuedAt} />
						{(attempts > 1 || state === "undelivered") && ` · ${evidence.orders.attempts(attempts)}`}
					</span>
				</li>
			))}
		</ul>
	);
}
