import { type Dispatch, type StateUpdater, useEffect, useState } from "preact/hooks";
import { ApiProblem, type ApiProblemCode } from "../api/api-problem.ts";
import { useDesk } from "../shell/console-context.ts";

const passing: readonly ApiProblemCode[] = ["offline", "store-unavailable"];

/** What is to be said of the last wish; that the server or its record could not be reached is forgotten once it can be again. */
export function usePassing<T>(): readonly [T | null, Dispatch<StateUpdater<T | null>>] {
	const { onBack } = useDesk();
	const [said, say] = useState<T | null>(null);
	useEffect(
		() => onBack(() => say((old) => (old instanceof ApiProblem && passing.includes(old.code) ? null : old))),
		[onBack],
	);
	return [said, say];
}
