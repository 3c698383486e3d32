// A misspelt category would be one of its own, with verdicts that no policy and no report knows.
import { policyCategories } from "../core/policy/categories.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import { nearestName } from "../runtime/nearest-name.ts";
import { UsageError } from "./parse-options.ts";

/** Those of banks that are there were meant once. */
export async function checkCategory(
	category: string | undefined,
	isNew: boolean,
	banks: Pick<BankStore, "list">,
): Promise<void> {
	if (category === undefined || isNew) return;
	const known = [...new Set([...policyCategories, ...(await banks.list()).map((bank) => bank.category)])];
	if (known.includes(category)) return;
	const nearest = nearestName(category, known);
	const hint = nearest === null ? `there are: ${known.join(", ")}.` : `is it ${nearest}?`;
	throw new UsageError(`there is no category ${category}; ${hint} One of your own takes --new-category`);
}
