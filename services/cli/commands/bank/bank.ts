// `breakwater bank …`: the banks themselves. What is in them is in the other files of this folder.
import type { Command } from "commander";
import { exemptionNoticeMs } from "../../../core/banks/bank.ts";
import type { BankSummary } from "../../../core/ports/bank-store.ts";
import { printChanged, type Seconded, seconded, withSecond } from "../../change-bank.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print, table } from "../../output.ts";
import { requireBank } from "../../require-bank.ts";
import { addDraftCommands } from "./drafts.ts";
import { addEntryCommands } from "./entries.ts";
import { addExportCommand } from "./exports.ts";
import { addHistoryCommands } from "./history.ts";
import { addImportCommand } from "./imports.ts";
import { addQuarantineCommands } from "./quarantine.ts";
import { addSettingsCommands } from "./settings.ts";
import { addShowCommand } from "./show.ts";

export function addBankCommands(program: Command): void {
	const bank = program.command("bank").description("Banks of known hashes");
	addSettingsCommands(bank);
	addListCommand(bank);
	addShowCommand(bank);
	addImportCommand(bank);
	addDraftCommands(bank);
	addExportCommand(bank);
	addEntryCommands(bank);
	addHistoryCommands(bank);
	addQuarantineCommands(bank);
	addSwitches(bank);
}

const columns = ["name", "kind", "category", "entries", "enabled", "trusted", "shadow", "radii", "updated", "notes"];

function addListCommand(bank: Command): void {
	bank
		.command("list")
		.description("List banks with their settings and entries")
		.action(async (_options: unknown, command: Command) => {
			const banks = await withParts((parts) => parts.stores.banks.list());
			print(command, banks, (all) =>
				table(
					columns,
					all.map((one) => [
						one.name,
						one.kind,
						one.category,
						one.entryCount,
						one.enabledRatio < 1 && one.enabled ? `${one.enabledRatio * 100} %` : yes(one.enabled),
						yes(one.trusted),
						yes(one.shadow),
						`${one.tightRadiusBits}/${one.wideRadiusBits}`,
						one.updatedAt.toISOString(),
						notesOf(one),
					]),
				),
			);
		});
}

function endOf(expiresAt: string, kind: BankSummary["kind"]): string {
	const leftMs = Date.parse(expiresAt) - Date.now();
	const day = expiresAt.slice(0, 10);
	if (leftMs <= 0) return `EXPIRED ${day}: matches nothing`;
	return kind === "exempt" && leftMs <= exemptionNoticeMs ? `EXPIRES SOON, ${day}` : `expires ${day}`;
}

function notesOf({ kind, owner, expiresAt, quarantinedCount }: BankSummary): string {
	const notes = [
		...(owner === null ? [] : [`owner ${owner}`]),
		...(expiresAt === null ? [] : [endOf(expiresAt, kind)]),
		...(quarantinedCount === 0 ? [] : [`${quarantinedCount} in quarantine`]),
	];
	return notes.join(", ");
}

function addSwitches(bank: Command): void {
	for (const [verb, enabled] of [
		["enable", true],
		["disable", false],
	] as const) {
		const named = withBy(bank.command(verb))
			.description(
				enabled
					? "Start matching against a bank again: a second person must agree"
					: "Stop matching against a bank, everywhere within a second",
			)
			.argument("<name>", "bank");
		(enabled ? withSecond(named) : named).action(
			async (name: string, options: Seconded & { readonly by?: string }, command: Command) => {
				const changed = await withParts(async (parts) => {
					const { id } = await requireBank(parts, name);
					return seconded(parts, await parts.stores.banks.updateAlone(id, { enabled }, operatorName(options)), options);
				});
				printChanged(command, changed, changed.waiting === null ? `${verb}d bank` : "not yet:");
			},
		);
	}
	withBy(bank.command("remove"))
		.description("Remove a bank with all its entries (`bank revert` brings it back)")
		.argument("<name>", "bank")
		.requiredOption("--yes", "say that you mean it")
		.action(async (name: string, options: { readonly by?: string }, command: Command) => {
			await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				await parts.stores.banks.remove(id, operatorName(options));
			});
			print(command, { removed: name }, () => `removed bank ${name}`);
		});
}

function yes(value: boolean): string {
	return value ? "yes" : "no";
}
