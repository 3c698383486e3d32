import { useEffect } from "preact/hooks";

/** Asks again every so often, for what no event announces. */
export function useReread(reload: () => void, everyMs = 10_000): void {
	useEffect(() => {
		const timer = setInterval(reload, everyMs);
		return () => clearInterval(timer);
	}, [reload, everyMs]);
}
