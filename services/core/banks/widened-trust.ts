// What a change of settings lets lists do on one person's word that they could not do before. Who may make such a change is not
// decided here.
import type { BankSettings } from "./bank.ts";

type Trust = Pick<BankSettings, "trusted" | "sources" | "allowedChange">;

/** Names the settings; empty where the change only takes trust away, or leaves it. */
export function widenedTrust(before: Trust, after: Trust): readonly (keyof Trust)[] {
	const widened: (keyof Trust)[] = [];
	if (after.trusted && !before.trusted) widened.push("trusted");
	if (after.sources.some((source) => !before.sources.includes(source))) widened.push("sources");
	const { share, addedEntries } = before.allowedChange;
	if (after.allowedChange.share > share || after.allowedChange.addedEntries > addedEntries)
		widened.push("allowedChange");
	return widened;
}
