import { useEffect } from "preact/hooks";

/** Asks again every so often, for what no event announces, while somebody looks; at once when somebody looks again. */
export function useReread(reload: () => void, everyMs = 10_000): void {
	useEffect(() => {
		const ask = () => document.visibilityState === "visible" && reload();
		const timer = setInterval(ask, everyMs);
		document.addEventListener("visibilitychange", ask);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", ask);
		};
	}, [reload, everyMs]);
}
