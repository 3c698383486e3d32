import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AnswerLanguage } from "../../core/answers/slots.ts";
import type { Decision } from "../../core/cases/case.ts";
import type { WireCaseDetail, WireConsequences } from "../../core/wire/review-case.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { useProblemText } from "../parts/problem-text.ts";
import { submitOnEnter } from "../parts/submit-on-enter.ts";
import { usePreferences } from "../shell/console-context.ts";
import { isOfLink } from "./is-of-link.ts";
import { nextSuggestion } from "./next-suggestion.ts";
import { recommendationText } from "./recommendation-text.ts";
import { StripButtons } from "./strip-buttons.tsx";

interface StripProps {
	readonly decision: Decision;
	readonly detail: WireCaseDetail;
	readonly hasViewed: boolean;
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	/** What was typed before the strip was closed, by a lost claim for instance. */
	readonly typed: string;
	readonly onType: (reason: string) => void;
	readonly onConfirm: (reason: string) => void;
	readonly onCancel: () => void;
}

/** Says what the decision will do to how many items where, asks for the reason, and waits for Enter. */
export function ConfirmStrip(props: StripProps) {
	const problemText = useProblemText();
	const { decision, detail, hasViewed, isBusy, problem, typed, onType, onConfirm, onCancel } = props;
	const { words, language } = usePreferences();
	const { confirm } = words.acts;
	const [isMissing, setMissing] = useState(false);
	const reason = useRef<HTMLTextAreaElement>(null);
	// Before anything else can be typed: a letter that comes too early would be lost.
	useLayoutEffect(() => reason.current?.focus(), []);
	const will = detail.outlook[decision];
	const submit = (event: Event) => {
		event.preventDefault();
		const given = reason.current?.value.trim() ?? "";
		if (given === "") {
			setMissing(true);
			reason.current?.focus();
		} else if (!isBusy) onConfirm(given);
	};
	const suggestions = suggestionsFor(decision, detail, hasViewed, words);
	const onKeyDown = (event: KeyboardEvent) => {
		const next = nextSuggestion(suggestions, reason.current?.value ?? "", event);
		if (next === null) return submitOnEnter(event);
		event.preventDefault();
		suggest(next);
	};
	const suggest = (text: string) => {
		if (reason.current === null) return;
		reason.current.value = text;
		onType(text);
		setMissing(false);
		reason.current.focus();
	};
	return (
		<form class="strip" onSubmit={submit} noValidate aria-labelledby="strip-title">
			<div class="strip-what">
				<h2 id="strip-title">{titleOf(decision, will, detail, words)}</h2>
				<ul aria-label={confirm.will}>
					{[
						...aboutAccount(decision, detail, words),
						...aboutLink(decision, detail, words),
						...sentencesOf(will, words),
						...toldTo(decision, detail, language, words),
					].map((sentence) => (
						<li key={sentence}>{sentence}</li>
					))}
				</ul>
			</div>
			<div class="strip-reason">
				{(isMissing || problem !== null) && (
					<p class="notice notice-problem" role="alert">
						{problem === null ? confirm.missing : problemText(problem)}
					</p>
				)}
				<label class="field">
					<span>{confirm.reason}</span>
					<textarea
						ref={reason}
						rows={2}
						maxLength={2_000}
						defaultValue={typed}
						onInput={({ currentTarget }) => onType(currentTarget.value)}
						onKeyDown={onKeyDown}
						aria-describedby="strip-hint"
					/>
				</label>
				<ul class="suggestions" aria-label={confirm.suggestions}>
					{suggestions.map((text) => (
						<li key={text}>
							<button type="button" onClick={() => suggest(text)}>
								{text}
							</button>
						</li>
					))}
				</ul>
				<StripButtons submit={confirm.submit} hint={confirm.reasonHint} hintId="strip-hint" {...{ isBusy, onCancel }} />
			</div>
		</form>
	);
}

function titleOf(
	decision: Decision,
	will: WireConsequences,
	{ items, account, outbreak }: WireCaseDetail,
	{ acts: { confirm, account: ofAccount, link } }: Dictionary,
): string {
	const isLast = will.waitsFor === "nobody" || will.waitsFor === "agreement";
	if (account !== null && decision === "restore") return ofAccount.notRecommend;
	if (account !== null) return isLast ? ofAccount.recommend : ofAccount.firstRecommend;
	if (isOfLink({ items, outbreak })) return decision === "restore" ? link.letBe : isLast ? link.call : link.firstCall;
	const isHeld = items.length > 0;
	// Of a place that nobody here holds there is nothing to remove.
	if (!isHeld && decision === "remove") return isLast ? confirm.agree : confirm.firstAgree;
	if (!isHeld) return confirm.notAgree;
	if (decision === "remove") return isLast ? confirm.remove : confirm.firstRemove;
	const changes = will.counts.restored + will.counts.unlimited + will.counts["stays-withheld"];
	if (changes === 0) return confirm.leaveUp;
	return isLast ? confirm.restore : confirm.firstRestore;
}

/** What the platform is told once the decision is final; that it restricts nothing by itself is part of it. */
function aboutAccount(decision: Decision, { account, platformName }: WireCaseDetail, words: Dictionary) {
	if (account === null) return [];
	const texts = words.acts.account;
	if (decision === "restore") return [texts.tellsNothing];
	const asked = account.recommendations.map((one) => recommendationText(one, words)).join(" ");
	return [texts.willTell(platformName ?? words.casePage.noPlatform, asked), texts.restrictsNothing];
}

function aboutLink(decision: Decision, detail: WireCaseDetail, { acts: { link } }: Dictionary): readonly string[] {
	if (!isOfLink(detail)) return [];
	return [decision === "remove" ? link.willAsk : link.willLetBe];
}

function sentencesOf(
	{ counts, platforms, disputed, waitsFor }: WireConsequences,
	words: Dictionary,
): readonly string[] {
	const { confirm } = words.acts;
	const where = platforms.join(", ");
	return [
		counts.removed > 0 ? confirm.willRemove(counts.removed, where) : null,
		counts.withheld > 0 ? confirm.willWithhold(counts.withheld, where) : null,
		counts.restored > 0 ? confirm.willRestore(counts.restored, where) : null,
		counts["stays-withheld"] > 0 ? confirm.stayWithheld(counts["stays-withheld"]) : null,
		counts.unlimited > 0 ? confirm.willUnlimit(counts.unlimited, where) : null,
		counts["stays-limited"] > 0 ? confirm.stayLimited(counts["stays-limited"]) : null,
		counts["stays-visible"] > 0 ? confirm.stayVisible(counts["stays-visible"]) : null,
		counts.unchanged > 0 ? confirm.unchanged(counts.unchanged) : null,
		disputed.length > 0 ? confirm.willDispute(disputed.length) : null,
		confirm.waits[waitsFor],
	].filter((sentence) => sentence !== null);
}

/** Reporters are told once nobody else is waited for, with the words that they read; a second look may be the last, or not. */
function toldTo(
	decision: Decision,
	{
		reports,
		outlook,
		answers,
		isUnderAppeal,
		isAppealed,
		silences,
	}: Pick<WireCaseDetail, "reports" | "outlook" | "answers" | "isUnderAppeal" | "isAppealed" | "silences">,
	language: AnswerLanguage,
	{ acts }: Dictionary,
): readonly string[] {
	if (silences.length > 0) return [acts.confirm.willTellNobody];
	// What they are told depends on the decision before, which is not shown.
	if (isUnderAppeal && isAppealed) return [acts.confirm.willTellAppealed];
	if (reports === null || reports.reports === 0 || answers === null) return [];
	const text = answers[decision][language];
	const { willTell, willTellOnceAgreed } = acts.confirm;
	const { waitsFor } = outlook[decision];
	if (waitsFor === "agreement") return [willTellOnceAgreed(reports.reports, text)];
	return waitsFor === "nobody" ? [willTell(reports.reports, text)] : [];
}

/** Whoever has viewed nothing is not offered to say that they have; nor is anything that the evidence does not bear out. */
function suggestionsFor(
	decision: Decision,
	detail: WireCaseDetail,
	hasViewed: boolean,
	{ acts }: Dictionary,
): readonly string[] {
	if (detail.account !== null) return acts.account.reasons[decision];
	if (isOfLink(detail)) return acts.link.reasons[decision];
	const { tier } = detail;
	const { remove, restore } = acts.confirm.reasons;
	const isKnown = tier === "K1" || tier === "K2";
	if (decision === "remove")
		return [...(hasViewed ? [remove.seen] : []), ...(isKnown && !hasViewed ? [remove.hash] : []), remove.rules];
	const isMatched = isKnown || tier === "K3";
	return [...(isMatched ? [restore.different] : []), ...(hasViewed ? [restore.harmless] : []), restore.context];
}
