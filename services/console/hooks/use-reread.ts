import { useEffect } from "preact/hooks";

/** Asks again every so often, for what no event announces, while somebody looks; at once when somebody looks again. Null: not now. */
export function useReread(reload: (() => void) | null, everyMs = 10_000): void {
	useEffect(() => {
		if (reload === null) return;
		const ask = () => document.visibilityState === "visible" && reload();
		const timer = setInterval(ask, everyMs);
		document.addEventListener("visibilitychange", ask);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", ask);
		};
	}, [reload, everyMs]);
}
