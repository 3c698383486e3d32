// The middle of the case page: which level is chosen, what a press would do, and the step-up that level 5 asks for.
import { useCallback, useEffect, useState } from "preact/hooks";
import type { RevealLevel } from "../../core/cases/case.ts";
import type { CaseId } from "../../core/ids.ts";
import { levelsOfStrip, levelsOfWords, stepUpLevel } from "../../core/wire/review-api.ts";
import type { WireItem } from "../../core/wire/review-case.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import type { OpenCase } from "../case/use-open-case.ts";
import type { StageLevel } from "../keys/keymap.ts";
import { useDesk } from "../shell/console-context.ts";
import { type Reveal, type Shown, useReveal } from "./use-reveal.ts";
import { type Views, viewsOf } from "./views.ts";

/** An allowed view that is not used is forgotten, and the password with it. */
const stepUpLastsMs = 60_000;

export interface Stage {
	readonly level: StageLevel;
	/** The still of a video that is chosen, milliseconds from its beginning; null for all on one sheet. */
	readonly stillMs: number | null;
	/** Members of the case's clusters, or words in the item, in place of it; null for the item itself. */
	readonly strip: Shown | null;
	/** At which there is something to see of what is chosen. */
	readonly levels: readonly RevealLevel[];
	readonly reveal: Reveal;
	readonly views: Views;
	readonly isAskingStepUp: boolean;
	/** A view in full is allowed and waits for the hold. */
	readonly isStepUpReady: boolean;
	readonly stepUpProblem: ApiProblem | null;
	readonly hasSomethingToHide: boolean;
	choose(level: StageLevel): void;
	chooseStill(stillMs: number | null): void;
	chooseStrip(strip: Shown | null): void;
	/** From all on one sheet to the first, and so on; what is on the screen at the time changes with it. */
	moveStill(by: 1 | -1): void;
	press(): void;
	release(): void;
	/** Hides, forgets a step-up, and goes back to words. */
	hide(): void;
	allow(stepUp: StepUp): void;
	cancelStepUp(): void;
}

export interface StepUp {
	readonly reason: string;
	readonly password: string;
}

interface StageInput {
	readonly caseId: CaseId;
	readonly open: OpenCase;
	readonly item: WireItem | null;
	readonly isHeld: boolean;
}

export function useStage({ caseId, open, item, isHeld }: StageInput): Stage {
	const { refreshSession, session } = useDesk();
	const [level, setLevel] = useState<StageLevel>(0);
	const [still, setStill] = useState<{ readonly itemId: string; readonly atMs: number } | null>(null);
	const [chosenStrip, setStrip] = useState<{ readonly itemId: string; readonly shown: Shown } | null>(null);
	const [stepUp, setStepUp] = useState<StepUp | null>(null);
	const [isAsking, setAsking] = useState(false);
	const [stepUpProblem, setStepUpProblem] = useState<ApiProblem | null>(null);
	const reveal = useReveal({
		ended: refreshSession,
		failed(problem) {
			const { code } = problem;
			if (code === "claim-lost") open.refuse();
			if (level === stepUpLevel && (code === "bad-login" || code === "malformed-request" || code === "rate-limited")) {
				setStepUpProblem(problem);
				setAsking(true);
			}
		},
	});

	useEffect(() => {
		if (stepUp === null) return;
		const timer = setTimeout(() => setStepUp(null), stepUpLastsMs);
		return () => clearTimeout(timer);
	}, [stepUp]);

	const forget = useCallback(() => {
		setStepUp(null);
		setAsking(false);
		setStepUpProblem(null);
	}, []);
	const hide = useCallback(() => {
		reveal.hide();
		forget();
		setLevel(0);
	}, [reveal.hide, forget]);
	useEffect(() => {
		if (!isHeld) hide();
	}, [isHeld, hide]);

	const stillMs = still !== null && still.itemId === item?.id ? still.atMs : null;
	const strip = chosenStrip !== null && chosenStrip.itemId === item?.id ? chosenStrip.shown : null;
	const levels = strip === null ? (item?.revealLevels ?? []) : strip === "words" ? levelsOfWords : levelsOfStrip;
	const show = (stillMs: number | null) => {
		const wanted = offeredLevel(levels, level);
		if (!isHeld || open.claim.kind !== "held" || item === null || wanted === null) return;
		if (wanted === stepUpLevel && stepUp === null) {
			setAsking(true);
			return;
		}
		reveal.press({
			...{ caseId, itemId: item.id, fence: open.claim.fence, level: wanted },
			...(strip !== null ? { strip } : stillMs === null ? {} : { stillMs }),
			...(wanted === stepUpLevel && stepUp !== null ? { stepUp } : {}),
		});
		setStepUp(null);
	};
	const chooseStill = (next: number | null) => {
		if (item === null || next === stillMs) return;
		setStill(next === null ? null : { itemId: item.id, atMs: next });
		setStrip(null);
		const isLooking = reveal.state.kind !== "hidden";
		// In full each view is asked for by itself.
		if (isLooking && level !== stepUpLevel) show(next);
		else reveal.hide();
	};

	return {
		...{ level, stillMs, strip, levels, reveal, chooseStill },
		chooseStrip(shown) {
			reveal.hide();
			forget();
			setStrip(shown === null || item === null ? null : { itemId: item.id, shown });
		},
		views: viewsOf(open.detail?.events ?? [], session.user.id),
		isAskingStepUp: isAsking,
		isStepUpReady: stepUp !== null,
		stepUpProblem,
		hasSomethingToHide: level !== 0 || reveal.state.kind !== "hidden" || isAsking,
		hide,
		release: reveal.release,
		choose(next) {
			if (!isHeld) return;
			reveal.hide();
			forget();
			setLevel(next);
			setAsking(next === stepUpLevel && levels.includes(stepUpLevel));
		},
		moveStill(by) {
			const stills = [null, ...(item?.video?.stillsMs ?? [])];
			const next = stills[stills.indexOf(stillMs) + by];
			if (next !== undefined) chooseStill(next);
		},
		press: () => show(stillMs),
		allow(given) {
			setStepUp(given);
			setAsking(false);
			setStepUpProblem(null);
		},
		cancelStepUp: hide,
	};
}

/** The chosen level where it is offered; null at level 0 and where it is not. */
export function offeredLevel(levels: readonly RevealLevel[], level: StageLevel): RevealLevel | null {
	return level !== 0 && levels.includes(level) ? level : null;
}
