import { isUndecided } from "../../core/cases/case.ts";
import { ifNobodyActs } from "../../core/cases/if-nobody-acts.ts";
import type { WireCaseDetail, WireClock } from "../../core/wire/review-case.ts";
import type { ClaimState } from "../claim/claim-state.ts";
import { TimeLeft } from "../due/time-left.tsx";
import { type Dictionary, wordFor } from "../language/dictionary.ts";
import { Age, Countdown } from "../parts/moment.tsx";
import { TierBadge } from "../parts/tier-badge.tsx";
import { useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { isMore } from "./item-list.tsx";

interface HeadProps {
	readonly detail: WireCaseDetail;
	readonly claim: ClaimState;
	readonly onBack: () => void;
}

export function CaseHead({ detail, claim, onBack }: HeadProps) {
	const words = useWords();
	const { casePage, terms } = words;
	return (
		<header class="case-head">
			<div class="case-head-main">
				<button type="button" class="link-button" onClick={onBack} aria-label={casePage.back}>
					←
				</button>
				<h1 title={detail.id}>
					{words.casePage.title("")}
					<span class="short-id">{shortIdOf(detail.id)}</span>
				</h1>
				<TierBadge tier={detail.tier} isIncomplete={detail.isIncomplete} />
				<span>
					{detail.account !== null
						? casePage.account.kind
						: detail.category === null
							? terms.noCategory
							: wordFor(terms.category, detail.category)}
				</span>
				<span class="quiet">{whereOf(detail, words)}</span>
				<span class="quiet numbers">{casePage.urgency(Math.round(detail.urgency))}</span>
			</div>
			<ClaimLine claim={claim} />
			<Clocks detail={detail} />
		</header>
	);
}

function whereOf({ surface, platformName, accountId }: WireCaseDetail, { casePage, terms }: Dictionary): string {
	if (platformName === null) return casePage.noPlatform;
	if (accountId !== null) return `${accountId}, ${platformName}`;
	return surface === null ? casePage.noPlatform : `${terms.surface[surface]}, ${platformName}`;
}

function ClaimLine({ claim }: { readonly claim: ClaimState }) {
	const { casePage } = useWords();
	if (claim.kind !== "held") return null;
	return (
		<p class={`claim-line${claim.isFailing ? " claim-failing" : ""}`}>
			<span title={casePage.claim.renewed}>
				{casePage.claim.held} · {casePage.claim.remaining}{" "}
			</span>
			<strong>
				<Countdown untilMs={claim.expiresAtMs} />
			</strong>
			{claim.isFailing && <span role="alert"> · {casePage.claim.failing}</span>}
		</p>
	);
}

/** How long it waits, whether a deadline runs, and what becomes of it if nobody acts. */
function Clocks({ detail }: { readonly detail: WireCaseDetail }) {
	const { casePage, terms } = useWords();
	if (!isUndecided(detail.state)) return null;
	const nearest = detail.clocks.find(({ endedAt }) => endedAt === null);
	const { withheld, onItsWay, visible } = ifNobodyActs(detail.items);
	return (
		<p class="clocks">
			<span>
				{terms.caseState[detail.state]} · {casePage.clocks.waiting} <Age at={detail.openedAt} />
			</span>
			<span>
				{nearest === undefined ? casePage.clocks.none : <DueLine of={nearest} />}{" "}
				{isMore(detail) && casePage.clocks.ofListed} {withheld > 0 && casePage.clocks.ifWithheld(withheld)}{" "}
				{onItsWay > 0 && casePage.clocks.ifOnItsWay(onItsWay)} {visible > 0 && casePage.clocks.ifLive(visible)}
			</span>
		</p>
	);
}

function DueLine({ of }: { readonly of: WireClock }) {
	const { due } = useWords();
	return (
		<>
			{due.onCase.title}: <TimeLeft of={of} />.
		</>
	);
}
