import { useCallback, useRef, useState } from "preact/hooks";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import { usePassing } from "../hooks/use-passing.ts";
import { useDesk } from "../shell/console-context.ts";

export interface TakeNext {
	readonly isTaking: boolean;
	/** Why no case was taken: none waits, or the request failed. */
	readonly notice: ApiProblem | "nothing" | null;
	takeNext(): void;
}

/** Takes the most urgent case of the chosen lane, or of all, and goes to it. */
export function useTakeNext(): TakeNext {
	const { client, goToTaken, lane } = useDesk();
	const [isTaking, setTaking] = useState(false);
	const [notice, setNotice] = usePassing<ApiProblem | "nothing">();
	const isUnderWay = useRef(false);
	const takeNext = useCallback(async () => {
		if (isUnderWay.current) return;
		isUnderWay.current = true;
		setTaking(true);
		setNotice(null);
		try {
			const { case: taken } = await client.takeNext(lane);
			if (taken === null) setNotice("nothing");
			else goToTaken(taken);
		} catch (error) {
			setNotice(problemOf(error));
		} finally {
			isUnderWay.current = false;
			setTaking(false);
		}
	}, [client, goToTaken, lane, setNotice]);
	return { isTaking, notice, takeNext };
}
