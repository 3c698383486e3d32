import { listedItems } from "../../core/cases/listed-items.ts";
import type { ItemId } from "../../core/ids.ts";
import { itemKindParts } from "../../core/items/catalogue.ts";
import type { WireItem } from "../../core/wire/review-case.ts";
import { countryName } from "../language/country-name.ts";
import { ClockTime } from "../parts/moment.tsx";
import { usePreferences, useWords } from "../shell/console-context.ts";
import { orderReason } from "../stuck/order-reason.ts";

interface ItemListProps {
	readonly items: readonly WireItem[];
	/** How many the case has: of very many the first are listed. */
	readonly itemCount: number;
	/** Shown beside them; nothing is decided of these. */
	readonly specimens: readonly WireItem[];
	/** With which the outbreak began that the case is of; null where it is of none. */
	readonly trippedBy: ItemId | null;
	readonly onMore: () => void;
	readonly selected: ItemId | null;
	readonly onSelect: (item: WireItem) => void;
}

/** What the platform was told and has not confirmed: until it has, it has not happened. */
function OutstandingLine({ item }: { readonly item: Pick<WireItem, "outstanding"> }) {
	const words = useWords();
	const { terms, casePage } = words;
	if (item.outstanding === null) return null;
	const { action, attempts, state, lastReason } = item.outstanding;
	if (state === "delivered" || state === "superseded") return null;
	const said = casePage.outstanding[state](terms.orderAction[action], attempts);
	return (
		<span class="item-line item-outstanding">
			{said}
			{lastReason !== null && ` · ${casePage.outstanding.lastError(orderReason(lastReason, words))}`}
		</span>
	);
}

/** The cluster: how many, where, in what state. No thumbnails; nothing is shown that was not asked for. */
export function ItemList({ items, itemCount, specimens, onMore, ...chosen }: ItemListProps) {
	const { count, listed, more, kept } = useWords().casePage.items;
	return (
		<section class="item-list" aria-labelledby="items-title">
			<h2 id="items-title">{count(Math.max(items.length, itemCount))}</h2>
			{isMore({ items, itemCount }) && <p class="quiet">{listed(items.length)}</p>}
			<Lines items={items} {...chosen} />
			{isMore({ items, itemCount }) && items.length < listedItems.most && (
				<button type="button" class="link-button" onClick={onMore}>
					{more(Math.min(listedItems.usual, itemCount - items.length))}
				</button>
			)}
			{specimens.length > 0 && (
				<>
					<h2>{kept(specimens.length)}</h2>
					<Lines items={specimens} from={items.length} {...chosen} />
				</>
			)}
		</section>
	);
}

/** Copies may have joined between the two counts. */
export function isMore({ items, itemCount }: Pick<ItemListProps, "items" | "itemCount">): boolean {
	return itemCount > items.length;
}

interface LinesProps extends Omit<ItemListProps, "specimens" | "itemCount" | "onMore"> {
	readonly from?: number;
}

function Lines({ items, from = 0, trippedBy, selected, onSelect }: LinesProps) {
	const { words, language } = usePreferences();
	return (
		<ol>
			{items.map((item, index) => (
				<li key={item.id}>
					<button type="button" aria-current={item.id === selected ? "true" : undefined} onClick={() => onSelect(item)}>
						<span class="item-line">
							<span class="numbers quiet">{from + index + 1}</span>
							<strong>{itemKindParts[item.kind].nameOf(item)[language]}</strong>
							{item.tier !== "none" && <span class="tier-code">{item.tier}</span>}
							<span class="item-state">
								{item.acknowledged === null ? words.terms.stateKept : words.terms.itemState[item.acknowledged]}
							</span>
						</span>
						<OutstandingLine item={item} />
						<span class="item-line quiet">
							<span>{words.terms.surface[item.surface]}</span>
							{item.country !== null && <span>{countryName(item.country, language)}</span>}
							<span class="item-account">{item.authorId}</span>
							<ClockTime at={item.eventTime ?? item.receivedAt} />
						</span>
						{item.live !== null && (
							<span class="item-line quiet">
								{words.casePage.items.segment(item.live.streamId, item.live.sequence)}
							</span>
						)}
						{item.id === trippedBy && <span class="item-line">{words.casePage.items.tripped}</span>}
						{item.revealLevels.length === 0 && <span class="item-line quiet">{words.casePage.items.nothingToSee}</span>}
					</button>
				</li>
			))}
		</ol>
	);
}
