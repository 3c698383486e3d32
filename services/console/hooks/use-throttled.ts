import { useCallback, useEffect, useRef } from "preact/hooks";

/** Runs `act` at once, then at most every `everyMs`; a call in between is made up for at the end of the pause. */
export function useThrottled(act: () => void, everyMs: number): () => void {
	const latest = useRef(act);
	latest.current = act;
	const pause = useRef<{ timer: ReturnType<typeof setTimeout>; isOwed: boolean } | null>(null);
	useEffect(
		() => () => {
			if (pause.current !== null) clearTimeout(pause.current.timer);
		},
		[],
	);
	return useCallback(() => {
		const run = () => {
			pause.current = { timer: setTimeout(end, everyMs), isOwed: false };
			latest.current();
		};
		const end = () => {
			const isOwed = pause.current?.isOwed === true;
			pause.current = null;
			if (isOwed) run();
		};
		if (pause.current === null) run();
		else pause.current.isOwed = true;
	}, [everyMs]);
}
