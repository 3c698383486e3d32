import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import { useDesk } from "../shell/console-context.ts";

export interface Resource<T> {
	/** The latest value that came; kept while a newer one is on its way or could not be had. */
	readonly value: T | null;
	readonly problem: ApiProblem | null;
	readonly isLoading: boolean;
	reload(): void;
}

/**
 * Loads when mounted, whenever `key` changes, and when the server is there again; `reload` asks again and keeps what is
 * there. Late answers are dropped. What `isView`, as each look is kept as an act, is asked for again only where it could not be had.
 */
export function useResource<T>(
	key: string,
	load: () => Promise<T>,
	{ isView = false }: { readonly isView?: boolean } = {},
): Resource<T> {
	const [state, setState] = useState<{
		key: string;
		value: T | null;
		problem: ApiProblem | null;
		isLoading: boolean;
	}>({
		key,
		value: null,
		problem: null,
		isLoading: true,
	});
	const { onBack } = useDesk();
	const latest = useRef({ load, asked: 0 });
	latest.current.load = load;

	const reload = useCallback(() => {
		latest.current.asked += 1;
		const asked = latest.current.asked;
		setState((old) => ({ ...old, isLoading: true }));
		latest.current.load().then(
			(value) => {
				if (asked === latest.current.asked) setState({ key, value, problem: null, isLoading: false });
			},
			(error: unknown) => {
				if (asked !== latest.current.asked) return;
				setState((old) => ({ ...old, key, problem: problemOf(error), isLoading: false }));
			},
		);
	}, [key]);

	useEffect(() => {
		reload();
		return () => {
			latest.current.asked += 1;
		};
	}, [reload]);
	const isMissing = state.problem !== null;
	useEffect(() => (isView && !isMissing ? undefined : onBack(reload)), [onBack, reload, isView, isMissing]);

	return { value: state.value, problem: state.problem, isLoading: state.isLoading, reload };
}
