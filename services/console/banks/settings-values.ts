// What stands in the fields of a bank's settings, and the request that it comes to. Whether the request is sound, its schema says.
import { newBankDefaults, newBankTrust } from "../../core/banks/bank.ts";
import type { BankChangeRequest, WireBank } from "../../core/wire/bank-api.ts";

export interface SettingsValues {
	readonly category: string;
	readonly newCategory: boolean;
	readonly trusted: boolean;
	readonly shadow: boolean;
	/** One a line. */
	readonly sources: string;
	readonly sharePercent: string;
	readonly tightRadiusBits: string;
	readonly wideRadiusBits: string;
	readonly owner: string;
	/** A day, as a date field has it. */
	readonly expires: string;
	readonly allowedPercent: string;
	readonly allowedEntries: string;
}

type Settings = Omit<Required<BankChangeRequest>, "enabled" | "newCategory">;
type Bank = Settings | WireBank;

export function valuesOf(bank: Bank): SettingsValues {
	return {
		newCategory: false,
		...{ category: bank.category, trusted: bank.trusted, shadow: bank.shadow },
		sources: bank.sources.join("\n"),
		sharePercent: String(toPercent(bank.enabledRatio)),
		tightRadiusBits: String(bank.tightRadiusBits),
		wideRadiusBits: String(bank.wideRadiusBits),
		owner: bank.owner ?? "",
		expires: bank.expiresAt?.slice(0, 10) ?? "",
		allowedPercent: String(toPercent(bank.allowedChange.share)),
		allowedEntries: String(bank.allowedChange.addedEntries),
	};
}

export const newBank: Settings = {
	...newBankDefaults,
	...newBankTrust,
	...{ category: "", owner: null, expiresAt: null },
};

/** Only what the fields say otherwise than the bank. What is no number is NaN, which no schema takes. */
export function changesOf(values: SettingsValues, bank: Bank): BankChangeRequest {
	const before = valuesOf(bank);
	const differs = (...fields: readonly (keyof SettingsValues)[]) => fields.some((one) => values[one] !== before[one]);
	return {
		...(differs("category") && { category: values.category.trim() }),
		...(differs("category") && values.newCategory && { newCategory: true }),
		...(differs("trusted") && { trusted: values.trusted }),
		...(differs("shadow") && { shadow: values.shadow }),
		...(differs("sources") && { sources: linesOf(values.sources) }),
		...(differs("sharePercent") && { enabledRatio: fromPercent(values.sharePercent) }),
		...(differs("tightRadiusBits") && { tightRadiusBits: numberOf(values.tightRadiusBits) }),
		...(differs("wideRadiusBits") && { wideRadiusBits: numberOf(values.wideRadiusBits) }),
		...(differs("owner") && { owner: values.owner.trim() === "" ? null : values.owner.trim() }),
		...(differs("expires") && { expiresAt: values.expires === "" ? null : `${values.expires}T00:00:00.000Z` }),
		...(differs("allowedPercent", "allowedEntries") && {
			allowedChange: { share: fromPercent(values.allowedPercent), addedEntries: numberOf(values.allowedEntries) },
		}),
	};
}

function linesOf(text: string): string[] {
	const lines = text.split("\n").map((line) => line.trim());
	return [...new Set(lines.filter((line) => line !== ""))];
}

function numberOf(text: string): number {
	return text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
}

/** To a millionth: 0.1 × 100 is no whole number. */
function toPercent(share: number): number {
	return Math.round(share * 1e8) / 1e6;
}

function fromPercent(text: string): number {
	return Math.round(numberOf(text) * 1e6) / 1e8;
}
