// `breakwater bank show`: one bank's settings, what is in it, and what it would have done while in shadow.
import type { Command } from "commander";
import type { BankSummary, ShadowTally } from "../../../core/ports/bank-store.ts";
import { withParts } from "../../lazy-compose.ts";
import { print, table } from "../../output.ts";
import { requireBank } from "../../require-bank.ts";

export function addShowCommand(bank: Command): void {
	bank
		.command("show")
		.description("Show a bank's settings, and what it would have done while in shadow")
		.argument("<name>", "bank")
		.action(async (name: string, _options: unknown, command: Command) => {
			const found = await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				return (await parts.stores.banks.list()).find((one) => one.id === id);
			});
			if (found === undefined) throw new Error(`bank ${name} was removed a moment ago`);
			print(command, found, (one) => table(["setting", "value"], [...settingsOf(one), ...tallyOf(one.shadowTally)]));
		});
}

type Row = readonly [string, string | number];

function settingsOf(bank: BankSummary): readonly Row[] {
	const { share, addedEntries } = bank.allowedChange;
	return [
		["name", bank.name],
		["kind", bank.kind],
		["category", bank.category],
		["enabled", bank.enabled ? `for ${bank.enabledRatio * 100} % of content` : "no"],
		["trusted", bank.trusted ? "yes" : "no"],
		["sources that count", bank.sources.length === 0 ? "none by itself" : bank.sources.join(", ")],
		["shadow", bank.shadow ? "yes" : "no"],
		["radii", `${bank.tightRadiusBits} tight, ${bank.wideRadiusBits} wide`],
		[
			"known videos",
			`${bank.videoShares.ofItem * 100} % of an item's frames, ${bank.videoShares.ofEntry * 100} % of the entry's`,
		],
		["entries", bank.entryCount],
		["in quarantine", bank.quarantinedCount],
		["owner", bank.owner ?? "–"],
		["expires", bank.expiresAt ?? "–"],
		["imports of a day may", `touch ${share * 100} % of it, or add ${addedEntries} entries, on one person's word`],
		["updated", bank.updatedAt.toISOString()],
	];
}

function tallyOf(tally: ShadowTally | null): readonly Row[] {
	if (tally === null) return [];
	return [
		["in shadow since", tally.since.toISOString()],
		["items matched", `${tally.matched}, of about ${tally.accounts} accounts`],
		["would have withheld", tally.wouldWithhold],
		["would have asked people", tally.wouldReview],
		["would have let pass", tally.wouldLetPass],
	];
}
