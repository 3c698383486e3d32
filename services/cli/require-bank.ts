import type { BankSettings } from "../core/banks/bank.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { Parts } from "../parts/parts.ts";

/** The bank of that name; where there is none, an error that says which there are. */
export async function requireBank(parts: Parts, name: string): Promise<BankSettings> {
	const found = await parts.stores.banks.findByName(name);
	if (found !== null) return found;
	const names = (await parts.stores.banks.list()).map((one) => one.name);
	throw new BreakwaterError("not-found", {
		detail: `there is no bank ${name}; ${names.length === 0 ? "create one with `breakwater bank create`" : `there are: ${names.join(", ")}`}`,
	});
}
