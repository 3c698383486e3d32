import { useEffect, useRef } from "preact/hooks";
import type { CaseId } from "../../core/ids.ts";
import type { WireCaseSummary } from "../../core/wire/review-case.ts";
import { formatCount } from "../format/number.ts";
import { formatAbsolute, formatDuration } from "../format/time.ts";
import { useNow } from "../hooks/use-now.ts";
import { wordFor } from "../language/dictionary.ts";
import { Age, Ago } from "../parts/moment.tsx";
import { TierBadge } from "../parts/tier-badge.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

interface TableProps {
	readonly cases: readonly WireCaseSummary[];
	readonly selected: CaseId | null;
	readonly onSelect: (id: CaseId) => void;
}

/** In the queue's order. On narrow screens each row becomes a card, with the columns' names before the values. */
export function CaseTable({ cases, selected, onSelect }: TableProps) {
	const { columns, caption } = useWords().queue;
	return (
		<table class="cases">
			<caption class="for-readers">{caption}</caption>
			<thead>
				<tr>
					<th scope="col" class="number-column">
						{columns.urgency}
					</th>
					<th scope="col">{columns.tier}</th>
					<th scope="col">{columns.category}</th>
					<th scope="col" class="number-column">
						{columns.spread}
					</th>
					<th scope="col">{columns.surface}</th>
					<th scope="col" class="number-column">
						{columns.age}
					</th>
					<th scope="col">{columns.platform}</th>
					<th scope="col">{columns.heldBy}</th>
				</tr>
			</thead>
			<tbody>
				{cases.map((one) => (
					<CaseRow key={one.id} of={one} isSelected={one.id === selected} onSelect={onSelect} />
				))}
			</tbody>
		</table>
	);
}

interface RowProps {
	readonly of: WireCaseSummary;
	readonly isSelected: boolean;
	readonly onSelect: (id: CaseId) => void;
}

function CaseRow({ of, isSelected, onSelect }: RowProps) {
	const { words, language } = usePreferences();
	const { go } = useDesk();
	const { columns } = words.queue;
	const row = useRef<HTMLTableRowElement>(null);
	useEffect(() => {
		if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
	}, [isSelected]);
	return (
		<tr
			ref={row}
			aria-current={isSelected ? "true" : undefined}
			onClick={() => onSelect(of.id)}
			onDblClick={() => go({ name: "case", id: of.id })}
		>
			<td class="number-column urgency" data-label={columns.urgency}>
				{Math.round(of.urgency)}
			</td>
			<td class="tier-cell" data-label={columns.tier}>
				<a href={hashOf({ name: "case", id: of.id })} title={words.queue.open(shortIdOf(of.id))}>
					<TierBadge tier={of.tier} isIncomplete={of.isIncomplete} />
				</a>
				{of.isIncomplete && of.tier !== "none" && <span class="quiet"> {words.queue.incomplete}</span>}
				{of.decided !== null && (
					<span class="tag">
						{words.terms.caseState[of.state]}:{" "}
						{(of.accountId === null ? words.terms.decision : words.terms.accountDecision)[of.decided.decision]}
					</span>
				)}
				{of.itemCount === 0 && of.accountId === null && <span class="tag">{words.queue.spreads}</span>}
				{of.accountId !== null && <span class="tag">{words.queue.account}</span>}
				{of.reportCount > 0 && <span class="tag">{words.queue.reported(of.reportCount)}</span>}
				{of.dueAt !== null && of.decided === null && <DueTag at={of.dueAt} />}
				{of.isAppealed && <span class="tag">{words.queue.appealed}</span>}
				{of.state === "second" && !of.isAppealed && <span class="tag">{words.queue.secondPerson}</span>}
			</td>
			<td data-label={columns.category}>
				{of.category === null ? <span class="quiet">–</span> : wordFor(words.terms.category, of.category)}
			</td>
			<td class="number-column" data-label={columns.spread}>
				{of.itemCount === 0 ? <span class="quiet">–</span> : formatCount(of.itemCount, language)}
			</td>
			<td data-label={columns.surface}>{of.surface === null ? "–" : words.terms.surface[of.surface]}</td>
			<td class="number-column" data-label={columns.age}>
				{of.decided === null ? <Age at={of.openedAt} /> : <Ago at={of.decided.at} />}
			</td>
			<td data-label={columns.platform}>{of.platformName ?? words.casePage.noPlatform}</td>
			<td data-label={columns.heldBy}>
				{of.claimedBy === null ? (
					<span class="quiet">–</span>
				) : of.claimedBy.isMine ? (
					words.queue.heldByMe
				) : (
					of.claimedBy.displayName
				)}
			</td>
		</tr>
	);
}

/** The nearest deadline that runs on the case. */
function DueTag({ at }: { readonly at: string }) {
	const { words, zone } = usePreferences();
	const { due, terms } = words;
	const leftMs = Date.parse(at) - useNow(5_000);
	const duration = formatDuration(Math.abs(leftMs), terms.time);
	return (
		<time class="tag" dateTime={at} title={formatAbsolute(new Date(at), zone)}>
			{leftMs < 0 ? due.overBy(duration) : due.left(duration)}
		</time>
	);
}
