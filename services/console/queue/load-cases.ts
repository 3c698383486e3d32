import { type CaseState, isUndecided } from "../../core/cases/case.ts";
import { type CasesAnswer, mostListedCases } from "../../core/wire/review-api.ts";
import type { CaseListQuery, ReviewClient } from "../api/review-client.ts";

interface Listed extends Omit<CaseListQuery, "state" | "offset" | "after"> {
	readonly states: readonly CaseState[];
}

/** The first so many cases of a list, however many review answers at once. In the queue each page follows the last case seen, whoever decides those before it. */
export async function loadCases(
	client: Pick<ReviewClient, "cases">,
	{ states, limit, ...query }: Listed,
): Promise<CasesAnswer> {
	const page = (from: Pick<CaseListQuery, "after" | "offset">, count: number) =>
		client.cases({ ...query, ...from, state: states.join(","), limit: Math.min(mostListedCases, count) });
	const isQueue = states.every(isUndecided);
	let { cases, hasMore } = await page({}, limit);
	while (hasMore && cases.length < limit) {
		const last = cases.at(-1);
		const from = isQueue && last !== undefined ? { after: last.id } : { offset: cases.length };
		const next = await page(from, limit - cases.length);
		const known = new Set(cases.map(({ id }) => id));
		const fresh = next.cases.filter(({ id }) => !known.has(id));
		cases = [...cases, ...fresh];
		hasMore = next.hasMore && fresh.length > 0;
	}
	return { cases, hasMore };
}
