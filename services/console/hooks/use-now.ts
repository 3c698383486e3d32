import { useEffect, useState } from "preact/hooks";
import { useDesk } from "../shell/console-context.ts";

/** The server's clock, read again every `everyMs`; the component that calls this is drawn anew each time. */
export function useNow(everyMs: number): number {
	const { nowMs } = useDesk();
	const [now, setNow] = useState(nowMs);
	useEffect(() => {
		setNow(nowMs());
		const timer = setInterval(() => setNow(nowMs()), everyMs);
		return () => clearInterval(timer);
	}, [nowMs, everyMs]);
	return now;
}
