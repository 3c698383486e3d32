import { categoryRefusal } from "../core/policy/categories.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import { UsageError } from "./parse-options.ts";

export async function checkCategory(
	category: string | undefined,
	isNew: boolean,
	banks: Pick<BankStore, "list">,
): Promise<void> {
	if (category === undefined || isNew) return;
	const refusal = categoryRefusal(category, await banks.list(), "--new-category");
	if (refusal !== null) throw new UsageError(refusal);
}
