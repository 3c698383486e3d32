// How things stand: people's queue, what is on its way, what did not arrive, and the banks. Parts that a role does not include say so.

import { useEffect } from "preact/hooks";
import type { StuckKind } from "../../core/stuck/stuck.ts";
import type { NowAnswer } from "../../core/wire/review-api.ts";
import { BankTable } from "../banks/bank-table.tsx";
import { formatCount } from "../format/number.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useThrottled } from "../hooks/use-throttled.ts";
import { Age, Ago, Around, Moment } from "../parts/moment.tsx";
import { LaneCount } from "../queue/lane-count.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { hashOf } from "../shell/route.ts";
import { PlatformsBehindList, usePlatformsBehind } from "../stuck/platforms-behind.tsx";
import { BreakerPanel } from "./breaker-panel.tsx";
import { SweepPanel } from "./sweep-panel.tsx";

const rereadEveryMs = 5_000;
const rereadAfterEventMs = 1_000;

export function NowScreen() {
	const { asOf, title } = useWords().operations.now;
	const { client, onLive } = useDesk();
	const now = useResource("now", () => client.now());
	const reread = useThrottled(now.reload, rereadAfterEventMs);
	useEffect(() => onLive(reread), [onLive, reread]);
	useEffect(() => {
		// Not everything here is announced by events: the outbox for one.
		const timer = setInterval(() => document.visibilityState === "visible" && reread(), rereadEveryMs);
		return () => clearInterval(timer);
	}, [reread]);
	return (
		<PlainPage
			title={title}
			class="now"
			aside={
				now.value !== null && (
					<p class="quiet numbers">
						{asOf} <Moment at={now.value.now} />
					</p>
				)
			}
		>
			<Loaded resource={now}>{(value) => <Standing now={value} />}</Loaded>
		</PlainPage>
	);
}

function Standing({ now }: { readonly now: NowAnswer }) {
	const { words, language } = usePreferences();
	const texts = words.operations.now;
	const behind = usePlatformsBehind();
	const outstanding = now.outstandingOrders;
	const parked = now.deadLetters?.reduce((sum, { count }) => sum + count, 0);
	return (
		<>
			{now.away.map((part) => (
				<p key={part} class="notice notice-problem" role="alert">
					{texts.away[part]}
				</p>
			))}
			<section aria-labelledby="examined-title">
				<h2 id="examined-title">{texts.examined}</h2>
				<p>
					{now.lastExaminedAt === null ? (
						texts.neverExamined
					) : (
						<Around sentence={texts.lastExamined}>
							<Ago at={now.lastExaminedAt} />
						</Around>
					)}
				</p>
			</section>
			<Lanes lanes={now.lanes} />
			<BreakerPanel asOf={now.now} />
			<SweepPanel asOf={now.now} />
			<section aria-labelledby="outbox-title">
				<h2 id="outbox-title">{texts.outbox}</h2>
				<p class="numbers">
					{now.outbox.oldestAt === null ? (
						texts.outboxEmpty
					) : (
						<Around sentence={(age) => texts.outboxSome(formatCount(now.outbox.count, language), age)}>
							<Age at={now.outbox.oldestAt} />
						</Around>
					)}
				</p>
			</section>
			<section aria-labelledby="orders-title">
				<h2 id="orders-title">{texts.orders}</h2>
				{outstanding === null ? (
					<p class="quiet">{texts.ordersHidden}</p>
				) : (
					<StuckLine
						kind="order"
						count={outstanding}
						none={now.outbox.count === 0 ? texts.ordersNone : texts.ordersOnTheWay}
						some={texts.ordersSome}
					/>
				)}
				<PlatformsBehindList behind={behind} />
			</section>
			{parked !== undefined && (
				<section aria-labelledby="parked-title">
					<h2 id="parked-title">{texts.deadLetters}</h2>
					<StuckLine kind="dead-letter" count={parked} none={texts.deadLettersNone} some={texts.deadLettersSome} />
				</section>
			)}
			<section aria-labelledby="banks-title">
				<h2 id="banks-title">{texts.banks}</h2>
				{now.banks === null ? (
					<p class="quiet">{texts.banksHidden}</p>
				) : (
					<BankTable
						banks={now.banks}
						more={[{ name: texts.columns.updated, cell: ({ updatedAt }) => <Ago at={updatedAt} /> }]}
					/>
				)}
			</section>
		</>
	);
}

interface StuckLineProps {
	readonly kind: StuckKind;
	readonly count: number;
	readonly none: string;
	readonly some: (count: string) => string;
}

function StuckLine({ kind, count, none, some }: StuckLineProps) {
	const { language } = usePreferences();
	return (
		<p class="numbers">
			{count === 0 ? none : <a href={hashOf({ name: "stuck", kind })}>{some(formatCount(count, language))}</a>}
		</p>
	);
}

function Lanes({ lanes }: Pick<NowAnswer, "lanes">) {
	const { words } = usePreferences();
	const texts = words.operations.now;
	const oldest = lanes
		.map(({ oldestAt }) => oldestAt)
		.filter((at) => at !== null)
		.toSorted()[0];
	return (
		<section aria-labelledby="lanes-title">
			<h2 id="lanes-title">{texts.lanes}</h2>
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col">{texts.lane}</th>
						<th scope="col" class="number-column">
							{texts.count}
						</th>
						<th scope="col" class="number-column">
							{texts.oldest}
						</th>
					</tr>
				</thead>
				<tbody>
					{lanes.map((one) => (
						<tr key={one.lane}>
							<th scope="row">{words.terms.lane[one.lane]}</th>
							<td class="number-column">
								<LaneCount of={[one]} />
							</td>
							<td class="number-column">{one.oldestAt === null ? "–" : <Age at={one.oldestAt} />}</td>
						</tr>
					))}
				</tbody>
				<tfoot>
					<tr>
						<th scope="row">{texts.total}</th>
						<td class="number-column">
							<LaneCount of={lanes} />
						</td>
						<td class="number-column">{oldest === undefined ? "–" : <Age at={oldest} />}</td>
					</tr>
				</tfoot>
			</table>
		</section>
	);
}
