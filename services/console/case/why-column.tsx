import type { WireCaseDetail, WireItem } from "../../core/wire/review-case.ts";
import { DeadlinesOfCase } from "../due/deadlines-of-case.tsx";
import { SignalCard } from "../evidence/signal-card.tsx";
import { formatCount } from "../format/number.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useEvidence, usePreferences, useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";
import { AppealsHere } from "./appeals-here.tsx";
import { CaseNotes } from "./case-notes.tsx";
import { ClusterHere } from "./cluster-here.tsx";
import { MeasuresHere } from "./measures-here.tsx";
import { OrderList } from "./order-list.tsx";
import { OutbreakHere } from "./outbreak-here.tsx";
import { ReportsHere } from "./reports-here.tsx";
import { RequestsHere } from "./requests-here.tsx";
import { SilencesHere } from "./silences-here.tsx";
import { Trail } from "./trail.tsx";

interface WhyProps {
	readonly item: WireItem | null;
	readonly detail: WireCaseDetail;
	readonly onChanged: () => void;
}

export function WhyColumn({ item, detail, onChanged }: WhyProps) {
	const {
		words: { evidence },
		language,
	} = usePreferences();
	const { byWeight } = useEvidence();
	// Without an item they stand in its place.
	const isBeside = item !== null || detail.account !== null;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls inside the window, by keyboard too
		<div class="why" tabIndex={0}>
			<AppealsHere detail={detail} />
			<ClusterHere detail={detail} />
			{isBeside && <OutbreakHere detail={detail} />}
			<MeasuresHere detail={detail} onChanged={onChanged} />
			{isBeside && detail.reports !== null && <ReportsHere reports={detail.reports} isHeld={detail.items.length > 0} />}
			{item !== null && (
				<section aria-labelledby="why-title">
					<h2 id="why-title">{evidence.title}</h2>
					{item.divertedBy.length > 0 && <Diverted by={item.divertedBy} />}
					{item.signals.length === 0 && <p class="quiet">{evidence.none}</p>}
					{item.signals.toSorted(byWeight).map((signal, index) => (
						<SignalCard key={index} signal={signal} entries={detail.entries} />
					))}
					{item.andMore.map(({ bankId, bankName, entries }) => (
						<p key={bankId} class="quiet">
							{evidence.andMore(formatCount(entries, language), bankName)}
						</p>
					))}
					{item.judgedAgain !== null && <JudgedAgain {...item.judgedAgain} />}
					<p class="quiet">
						<a href={hashOf({ name: "policy", revision: item.policyRevision })}>
							{evidence.revision(item.policyRevision)}
						</a>
					</p>
				</section>
			)}
			{item !== null && (
				<section aria-labelledby="orders-title">
					<h2 id="orders-title">{evidence.orders.title}</h2>
					{item.orders.length === 0 ? (
						<p class="quiet">{evidence.orders.none}</p>
					) : (
						<OrderList orders={item.orders.map((order) => ({ ...order, itemNumber: null }))} />
					)}
				</section>
			)}
			<SilencesHere detail={detail} onChanged={onChanged} />
			<RequestsHere requests={detail.requests} />
			<DeadlinesOfCase clocks={detail.clocks} />
			<CaseNotes events={detail.events} />
			<Trail detail={detail} />
		</div>
	);
}

/** How far detectors could be asked once more, since somebody reported it. */
function JudgedAgain({ at, examined }: NonNullable<WireItem["judgedAgain"]>) {
	const { evidence } = useWords();
	return (
		<p class="quiet">
			<ClockTime at={at} /> – {evidence.judgedAgain[examined ?? "unasked"]}
		</p>
	);
}

/** Why the machine left to people what it withholds otherwise. */
function Diverted({ by }: { readonly by: WireItem["divertedBy"] }) {
	const { evidence, operations } = useWords();
	const { kinds } = operations.breakers;
	return (
		<div class="notice">
			<p>{evidence.diverted}</p>
			<ul>
				{by.map(({ kind, key, label }) => (
					<li key={`${kind}:${key}`}>
						{kinds[kind]} {kind !== "all" && <span class="code">{kind === "entry" ? shortIdOf(label) : label}</span>}
					</li>
				))}
			</ul>
		</div>
	);
}
