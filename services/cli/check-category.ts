import { faultOfCategory } from "../core/policy/categories.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import { sentence } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { UsageError } from "./parse-options.ts";

export async function checkCategory(
	category: string | undefined,
	isNew: boolean,
	banks: Pick<BankStore, "list">,
): Promise<void> {
	if (category === undefined || isNew) return;
	const fault = faultOfCategory(category, await banks.list());
	if (fault !== null) throw new UsageError(`${sentence(english, fault)}; one of your own takes --new-category`);
}
