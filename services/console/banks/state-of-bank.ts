import type { BankOutline } from "../../core/wire/bank-api.ts";
import type { Dictionary } from "../language/dictionary.ts";

export function stateOfBank({ enabled, shadow, trusted }: BankOutline, { operations }: Dictionary): string {
	const { bankState } = operations.now;
	const runs = shadow ? bankState.shadow : bankState.on;
	return [enabled ? runs : bankState.off, ...(trusted ? [bankState.trusted] : [])].join(", ");
}
