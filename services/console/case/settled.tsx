// What the act did, in place of the material: orders and how far they have got, and the way to the next case.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { TakeNextNotice, takeNextName } from "../queue/take-next-notice.tsx";
import type { TakeNext } from "../queue/use-take-next.ts";
import { useDesk, useWords } from "../shell/console-context.ts";
import { isOfLink } from "./is-of-link.ts";
import { OrderList, type PlacedOrder } from "./order-list.tsx";
import type { Settlement } from "./use-acts.ts";

interface SettledProps {
	readonly settlement: Settlement;
	readonly detail: WireCaseDetail;
	readonly next: TakeNext;
	readonly onUndo: () => void;
	readonly onLeave: () => void;
}

export function Settled({ settlement, detail, next, onUndo, onLeave }: SettledProps) {
	const words = useWords();
	const { lane } = useDesk();
	const { acts } = words;
	const { done } = acts;
	const heading = useRef<HTMLHeadingElement>(null);
	useLayoutEffect(() => heading.current?.focus(), []);
	const orders = settlement === "skipped" ? [] : ordersOfSettlement(settlement, detail);
	const disputed = settlement === "restored" ? disputedBy(detail) : 0;
	return (
		<section class="stage settled" aria-live="polite">
			<h2 ref={heading} tabIndex={-1}>
				{titleIn(detail, settlement, words)}
			</h2>
			{(settlement === "second-remove" || settlement === "second-restore") && <p>{done.secondText}</p>}
			{settlement === "lead" && <p>{done.leadText}</p>}
			{settlement === "skipped" && <p>{done.skippedText}</p>}
			{settlement !== "skipped" && (
				<>
					{disputed > 0 && <p>{done.disputed(disputed)}</p>}
					<p>{progressOf(orders, words)}</p>
					<OrderList orders={orders} />
				</>
			)}
			<TakeNextNotice notice={next.notice} lane={lane} />
			<div class="button-row">
				<button type="button" class="button button-main" disabled={next.isTaking} onClick={next.takeNext}>
					{next.isTaking ? words.queue.taking : takeNextName(words, lane)} <KeyHint of="Enter" />
				</button>
				{detail.outlook.undo !== null && (
					<button type="button" class="button" onClick={onUndo}>
						{acts.undo[detail.outlook.undo.kind]} <KeyHint of="u" />
					</button>
				)}
				<button type="button" class="button" onClick={onLeave}>
					{done.toQueue} <KeyHint of="Escape" />
				</button>
			</div>
		</section>
	);
}

/** The order that a settlement leads to; null where it leads to none. */
const actionOf = {
	removed: "remove",
	"second-remove": "withhold",
	"second-restore": null,
	lead: null,
	restored: "restore",
	"left-up": "restore",
} as const;

/** Only the newest order of each item: the one that this act has led to. */
function ordersOfSettlement(
	settlement: Exclude<Settlement, "skipped">,
	{ items, account }: WireCaseDetail,
): readonly PlacedOrder[] {
	if (account !== null)
		return settlement === "removed" ? account.orders.slice(-1).map((order) => ({ ...order, itemNumber: null })) : [];
	return items.flatMap((item, index) => {
		const newest = item.orders.toSorted((a, b) => b.version - a.version)[0];
		return newest?.action === actionOf[settlement] ? [{ ...newest, itemNumber: index + 1 }] : [];
	});
}

/** Entries that the decision was written back to. */
function disputedBy({ events }: WireCaseDetail): number {
	const decided = events.findLast(({ kind }) => kind === "decided")?.sequence ?? Number.POSITIVE_INFINITY;
	return events.filter(({ kind, sequence }) => kind === "entry-judged" && sequence > decided).length;
}

function titleIn(detail: WireCaseDetail, settlement: Settlement, words: Dictionary): string {
	if (detail.account !== null) return titleOfAccount(settlement, words);
	const { link } = words.acts;
	if (isOfLink(detail) && settlement === "removed") return link.called;
	if (isOfLink(detail) && (settlement === "restored" || settlement === "left-up")) return link.left;
	return titleOf(settlement, words);
}

function titleOfAccount(settlement: Settlement, words: Dictionary): string {
	const { account } = words.acts;
	if (settlement === "removed") return account.recommended;
	if (settlement === "restored" || settlement === "left-up") return account.notRecommended;
	return titleOf(settlement, words);
}

function titleOf(settlement: Settlement, { acts: { done } }: Dictionary): string {
	switch (settlement) {
		case "removed":
			return done.removed;
		case "second-remove":
		case "second-restore":
			return done.second;
		case "lead":
			return done.lead;
		case "restored":
			return done.restored;
		case "left-up":
			return done.leftUp;
		case "skipped":
			return done.skipped;
	}
}

function progressOf(orders: readonly PlacedOrder[], { acts: { done } }: Dictionary): string {
	if (orders.length === 0) return done.noOrder;
	if (orders.some(({ state }) => state === "undelivered")) return done.failed;
	return orders.some(({ state }) => state === "pending") ? done.waiting : done.allDelivered;
}
