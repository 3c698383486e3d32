import { decision, isUndecided } from "../../core/cases/case.ts";
import { type CaseId, caseId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { ClaimLoss, ClaimState } from "../claim/claim-state.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";

interface NoticeProps {
	readonly detail: WireCaseDetail;
	readonly claim: ClaimState;
	readonly isTaking: boolean;
	readonly canTake: boolean;
	readonly onTake: () => void;
}

/** Says at once, and loudly, when the case is not this person's to decide. */
export function ClaimNotice({ detail, claim, isTaking, canTake, onTake }: NoticeProps) {
	const words = useWords();
	const { claim: texts } = words.casePage;
	if (claim.kind === "held") return null;
	const isLost = claim.kind === "lost";
	const into = isLost ? null : caseItBecamePartOf(detail);
	const { title, text } = isLost
		? { title: texts.lostTitle, text: lossText(claim.loss, words) }
		: whyNotHeld(detail, words, into);
	return (
		<section class={`claim-notice${isLost ? " claim-lost" : ""}`} role={isLost ? "alert" : "status"}>
			<div>
				<h2>{title}</h2>
				{text !== null && (
					<p>
						{text} {into !== null && <CaseLink id={into} />}
					</p>
				)}
			</div>
			{canTake && (
				<button type="button" class="button button-main" disabled={isTaking} onClick={onTake}>
					{isTaking ? texts.taking : texts.take} <KeyHint of="Enter" />
				</button>
			)}
		</section>
	);
}

function lossText(loss: ClaimLoss, { casePage: { claim } }: Dictionary): string {
	switch (loss.kind) {
		case "expired":
			return claim.lostExpired;
		case "elsewhere":
			return claim.lostElsewhere;
		case "taken":
			return claim.lostTaken(loss.by);
	}
}

/** Where its items are now; null where they are its own. */
function caseItBecamePartOf({ state, events }: WireCaseDetail): CaseId | null {
	const merged = events.findLast(({ kind }) => kind === "merged-into");
	return state === "closed" ? (caseId.safeParse(merged?.data.caseId).data ?? null) : null;
}

function whyNotHeld(detail: WireCaseDetail, words: Dictionary, into: CaseId | null) {
	const { state, claimedBy, outlook, events } = detail;
	const { claim } = words.casePage;
	if (into !== null) return { title: words.terms.caseState[state], text: claim.partOf };
	if (!isUndecided(state)) {
		const last = decision.safeParse(events.findLast(({ kind }) => kind === "decided")?.data.decision);
		return {
			title: words.terms.caseState[state],
			text: last.success
				? claim.decided((detail.account === null ? words.terms.decision : words.terms.accountDecision)[last.data])
				: null,
		};
	}
	const isOfAppealed = detail.isUnderAppeal && detail.firstDecision?.isMine !== true;
	if (outlook.needsAnotherPerson)
		return { title: words.terms.caseState.second, text: isOfAppealed ? claim.ofAppealed : claim.another };
	if (claimedBy !== null && !claimedBy.isMine)
		return { title: claim.heldByOther(claimedBy.displayName), text: claim.watching };
	return { title: claim.watching, text: claim.watchingText };
}
