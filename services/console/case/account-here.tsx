// In place of items and material, where a case is about an account: what people removed of it, how laws count that, and what was recommended.
import type { RefObject } from "preact";
import type { WireAccount } from "../../core/wire/review-account.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { accountRestrictionsEnglish } from "../../words/account-restrictions.en.ts";
import { accountRestrictionsVietnamese } from "../../words/account-restrictions.vi.ts";
import { formatDay } from "../format/time.ts";
import { wordFor } from "../language/dictionary.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { Facts } from "../parts/facts.tsx";
import { ClockTime } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { OrderList } from "./order-list.tsx";
import { recommendationText } from "./recommendation-text.ts";

/** Each with the case that it was decided in: the evidence is there. */
export function StrikeList({ account }: { readonly account: WireAccount }) {
	const { words, zone } = usePreferences();
	const { account: texts } = words.casePage;
	return (
		<section class="item-list strikes" aria-labelledby="strikes-title">
			<h2 id="strikes-title">{texts.strikes(account.strikes.length)}</h2>
			<ol>
				{account.strikes.map(({ itemId, caseId, category, at, countsUntil, isTakenBack }) => (
					<li key={itemId}>
						<span class="item-line">
							<ClockTime at={at} />
							<strong>{category === null ? words.terms.noCategory : wordFor(words.terms.category, category)}</strong>
						</span>
						<span class="item-line quiet">
							{texts.decidedIn} <CaseLink id={caseId} />
						</span>
						<span class="item-line quiet">
							{isTakenBack
								? texts.takenBack
								: countsUntil === null
									? texts.countsNoMore
									: texts.countsUntil(formatDay(new Date(countsUntil), zone))}
						</span>
					</li>
				))}
			</ol>
		</section>
	);
}

interface AccountProps {
	readonly account: WireAccount;
	readonly detail: WireCaseDetail;
	/** Where the focus goes when a strip closes. */
	readonly viewer: RefObject<HTMLElement | null>;
}

export function AccountStage({ account, detail, viewer }: AccountProps) {
	const { words, language } = usePreferences();
	const { account: texts } = words.casePage;
	const restrictions = language === "vi" ? accountRestrictionsVietnamese : accountRestrictionsEnglish;
	return (
		<section class="stage account-stage" ref={viewer} tabIndex={-1} aria-labelledby="account-title">
			<h2 id="account-title">{texts.title}</h2>
			<p>{texts.what}</p>
			{detail.isUnderAppeal && !detail.isAppealed && <p class="notice">{texts.asksAgain}</p>}
			<Facts
				facts={[
					[
						texts.account,
						<span key="account" class="code">
							{account.accountId}
						</span>,
					],
					[texts.platform, detail.platformName ?? words.casePage.noPlatform],
					[texts.before, texts.times(account.recommendedBefore)],
					[texts.restriction, restrictions[account.restriction]],
				]}
			/>
			<h3>{texts.counts}</h3>
			{account.counts.length === 0 && <p class="quiet">{texts.noLaw}</p>}
			<ul>
				{account.counts.map(({ law, count, threshold, withinDays }) => (
					<li key={`${law} ${withinDays}`}>
						<span class="code">{law}</span>: {texts.count(count, threshold, withinDays)}
						{count >= threshold && <span class="tag">{texts.reached}</span>}
					</li>
				))}
			</ul>
			<h3>{texts.asks}</h3>
			{account.recommendations.length === 0 && <p class="quiet">{texts.asksNothing}</p>}
			<ul>
				{account.recommendations.map((one) => (
					<li key={one.law}>{recommendationText(one, words)}</li>
				))}
			</ul>
			{account.orders.length > 0 && (
				<>
					<h3>{texts.told}</h3>
					<OrderList orders={account.orders.map((order) => ({ ...order, itemNumber: null }))} />
				</>
			)}
		</section>
	);
}
