// Shows material while a key or button is held. The picture lives in a bitmap and on one canvas; both are emptied when it is
// hidden. No address of it ever exists in the page, so there is nothing to open, drag or find in a cache.
import { useCallback, useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { RevealLevel } from "../../core/cases/case.ts";
import type { Degree } from "../../core/clusters/membership.ts";
import type { CaseId, ItemId } from "../../core/ids.ts";
import type { WordExcerpt } from "../../core/signals/written/word-excerpt.ts";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import type { ReviewClient } from "../api/review-client.ts";
import { useDesk } from "../shell/console-context.ts";
import { hiddenAtFirst, nextRevealState, type RevealState } from "./reveal-state.ts";

export type Material =
	| { readonly kind: "picture"; readonly bitmap: ImageBitmap }
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "words"; readonly words: readonly WordExcerpt[] };

/** What is shown in place of an item. */
export type Shown = Degree | "words";

interface RevealTarget {
	readonly caseId: CaseId;
	readonly fence: number;
	readonly itemId: ItemId;
	readonly level: RevealLevel;
	/** One still of a video; all of them on one sheet where it is left out. */
	readonly stillMs?: number;
	/** Members of the case's clusters at once, in place of the item; or what there is to be read of words in it. */
	readonly strip?: Shown;
	/** For level 5, valid for one hold. */
	readonly stepUp?: { readonly reason: string; readonly password: string };
}

export interface Reveal {
	readonly state: RevealState;
	readonly level: RevealLevel | null;
	readonly material: Material | null;
	press(target: RevealTarget): void;
	release(): void;
	hide(): void;
}

/** `onEnded` is called after each view that was recorded; `onFailed` with the reason where none was possible. */
export function useReveal(on: { readonly ended: () => void; readonly failed: (problem: ApiProblem) => void }): Reveal {
	const { client, nowMs } = useDesk();
	const [state, dispatch] = useReducer(nextRevealState, hiddenAtFirst);
	const [shown, setShown] = useState<{ readonly level: RevealLevel; readonly material: Material } | null>(null);
	const current = useRef<View | null>(null);
	const presses = useRef(0);
	const listener = useRef(on);
	listener.current = on;

	const end = useCallback(() => {
		const view = current.current;
		current.current = null;
		setShown(null);
		if (view !== null) finish(client, view, () => listener.current.ended());
	}, [client]);

	const hide = useCallback(
		(because: "released" | "left" | "not-asked") => {
			end();
			dispatch({ kind: "hide", because });
		},
		[end],
	);

	const press = useCallback(
		async (target: RevealTarget) => {
			end();
			presses.current += 1;
			const number = presses.current;
			const view: View = { caseId: target.caseId, cancel: new AbortController(), revealId: null, shownAt: null };
			current.current = view;
			dispatch({ kind: "press", press: number });
			try {
				const material = await fetchMaterial(client, view, target);
				if (current.current !== view) {
					dispose(material);
					return;
				}
				view.material = material;
				view.shownAt = performance.now();
				setShown({ level: target.level, material });
				dispatch({ kind: "arrived", press: number, nowMs: nowMs() });
			} catch (error) {
				if (current.current !== view) return;
				current.current = null;
				const problem = problemOf(error);
				dispatch({ kind: "failed", press: number, code: problem.code });
				finish(client, view, () => listener.current.ended());
				listener.current.failed(problem);
			}
		},
		[client, nowMs, end],
	);

	useEffect(() => {
		const onLeave = () => current.current !== null && hide("left");
		const onVisibility = () => document.visibilityState === "hidden" && onLeave();
		window.addEventListener("blur", onLeave);
		window.addEventListener("pagehide", onLeave);
		document.addEventListener("visibilitychange", onVisibility);
		const timer = setInterval(() => dispatch({ kind: "tick", nowMs: nowMs() }), 100);
		return () => {
			clearInterval(timer);
			window.removeEventListener("blur", onLeave);
			window.removeEventListener("pagehide", onLeave);
			document.removeEventListener("visibilitychange", onVisibility);
			end();
		};
	}, [hide, end, nowMs]);

	// The time limit hides through the state; what was shown is let go here.
	useEffect(() => {
		if (state.kind === "hidden") end();
	}, [state.kind, end]);

	return {
		state,
		level: state.kind === "shown" ? (shown?.level ?? null) : null,
		material: state.kind === "shown" ? (shown?.material ?? null) : null,
		press,
		release: useCallback(() => hide("released"), [hide]),
		hide: useCallback(() => hide("not-asked"), [hide]),
	};
}

interface View {
	readonly caseId: CaseId;
	readonly cancel: AbortController;
	/** Set once the server has recorded the view. */
	revealId: string | null;
	shownAt: number | null;
	material?: Material;
}

async function fetchMaterial(client: ReviewClient, view: View, target: RevealTarget): Promise<Material> {
	const { signal } = view.cancel;
	const { caseId, fence, itemId, level, stillMs, strip, stepUp } = target;
	const instead = strip === undefined ? {} : strip === "words" ? ({ words: true } as const) : { strip };
	const part = { ...(stillMs === undefined ? {} : { stillMs }), ...instead };
	const answer = await client.reveal(caseId, { fence, itemId, level, ...part, ...stepUp }, signal);
	view.revealId = answer.revealId;
	if (answer.words !== null) return { kind: "words", words: answer.words };
	if (answer.token === null) return { kind: "text", text: answer.text ?? "" };
	return { kind: "picture", bitmap: await createImageBitmap(await client.media(answer.token, signal)) };
}

/** Lets go of the material and tells the server for how long it was seen: zero where it never reached the screen. */
function finish(client: ReviewClient, view: View, onRecorded: () => void): void {
	const durationMs = view.shownAt === null ? 0 : performance.now() - view.shownAt;
	view.cancel.abort();
	dispose(view.material);
	if (view.revealId === null) return;
	client.endReveal(view.caseId, view.revealId, durationMs).then(onRecorded, onRecorded);
}

function dispose(material: Material | undefined): void {
	if (material?.kind === "picture") material.bitmap.close();
}
