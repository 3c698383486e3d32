// `breakwater bank create` and `breakwater bank set`: one set of options for both.
import { type Command, Option } from "commander";
import {
	type BankSettings,
	type NewBank,
	newBankDefaults,
	newBankTrust,
	usualVideoShares,
} from "../../../core/banks/bank.ts";
import { policyCategories } from "../../../core/policy/categories.ts";
import { printChanged, type Seconded, seconded, withSecond } from "../../change-bank.ts";
import { checkCategory } from "../../check-category.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { UsageError } from "../../parse-options.ts";
import { parseMoment } from "../../parse-time.ts";
import { requireBank } from "../../require-bank.ts";

const bankKinds = ["known", "exempt"] as const satisfies readonly NewBank["kind"][];

interface SettingOptions extends Seconded {
	readonly category?: string;
	readonly newCategory?: true;
	readonly kind?: NewBank["kind"];
	readonly trusted?: boolean;
	readonly sources?: false | readonly string[];
	readonly shadow?: boolean;
	readonly ratio?: string;
	readonly tight?: string;
	readonly wide?: string;
	readonly owner?: string;
	readonly expires?: string;
	readonly allowShare?: string;
	readonly allowEntries?: string;
	readonly videoItem?: string;
	readonly videoEntry?: string;
	readonly by?: string;
}

export function addSettingsCommands(bank: Command): void {
	withSettings(bank.command("create"))
		.description("Create an empty bank")
		.argument("<name>", "lower-case letters, digits and dashes")
		.requiredOption("--category <code>", "policy category of what it holds")
		.addOption(
			new Option("--kind <kind>", "exempt: known harmless; needs --owner and --expires")
				.choices(bankKinds)
				.default("known"),
		)
		.action(async (name: string, options: SettingOptions, command: Command) => {
			const { kind = "known", category = "" } = options;
			const settings: NewBank = { ...newBankDefaults, name, kind, category, ...changesOf(options) };
			const created = await withParts(async (parts) => {
				const { banks } = parts.stores;
				await checkCategory(category, options.newCategory === true, banks);
				return seconded(parts, await banks.createAlone(settings, operatorName(options)), options);
			});
			printChanged(command, created, "created bank");
		});
	withSettings(bank.command("set"))
		.description(
			"Change a bank's settings, everywhere within a second; what is not named stays, and what makes it do more waits for a second person",
		)
		.argument("<name>", "bank")
		.option("--category <code>", "policy category of what it holds")
		.option("--no-trusted", "an entry needs two of the bank's sources to withhold")
		.option("--no-sources", "no source's word counts by itself")
		.option("--no-shadow", "let it count")
		.action(async (name: string, options: SettingOptions, command: Command) => {
			const changed = await withParts(async (parts) => {
				const { id, ...now } = await requireBank(parts, name);
				const change = changesOf(options, now);
				if (Object.keys(change).length === 0)
					throw new UsageError("name what to change; see `breakwater bank set --help`");
				await checkCategory(change.category, options.newCategory === true, parts.stores.banks);
				return seconded(parts, await parts.stores.banks.updateAlone(id, change, operatorName(options)), options);
			});
			printChanged(command, changed, "changed bank");
		});
}

function withSettings(command: Command): Command {
	return withSecond(withBy(command))
		.option("--new-category", `the category is one of your own, not of: ${policyCategories.join(", ")}`)
		.option("--trusted", "verified here: one positive source is enough to withhold")
		.option(
			"--sources <names...>",
			"sources whose word counts by itself: two of them are enough to withhold, all others count as one",
		)
		.option("--shadow", "record what it would have done, and do nothing")
		.option("--ratio <share>", "share of content it answers for, 0 to 1; the same content always gets the same answer")
		.option("--tight <bits>", "PDQ distance up to which a match is strong")
		.option("--wide <bits>", "PDQ distance up to which a match is probable")
		.option("--video-item <share>", "share of a video's frames that must be a known video's, 0 to 1 (0.8 unless set)")
		.option("--video-entry <share>", "share of a known video's frames that must be in the video, 0 to 1 (0 unless set)")
		.option("--owner <name>", "who answers for the bank")
		.option("--expires <date>", "from when it answers nothing (2027-01-31, or a full ISO time)")
		.option("--allow-share <share>", "share of the bank that imports of a day may change on one person's word, 0 to 1")
		.option(
			"--allow-entries <count>",
			"entries that imports of a day may add on one person's word, whatever the share",
		);
}

type Change = Partial<Omit<BankSettings, "id" | "name" | "kind">>;

const ofNewBank = { allowedChange: newBankTrust.allowedChange, videoShares: usualVideoShares };

function changesOf(
	options: SettingOptions,
	{ allowedChange: allowed, videoShares: shares }: Pick<BankSettings, "allowedChange" | "videoShares"> = ofNewBank,
): Change {
	const { videoItem, videoEntry } = options;
	const { category, trusted, sources, shadow, ratio, tight, wide, owner, expires, allowShare, allowEntries } = options;
	return {
		...(category === undefined ? {} : { category }),
		...(trusted === undefined ? {} : { trusted }),
		...(sources === undefined ? {} : { sources: sources === false ? [] : [...new Set(sources)] }),
		...(shadow === undefined ? {} : { shadow }),
		...(ratio === undefined ? {} : { enabledRatio: numberOf("--ratio", ratio) }),
		...(tight === undefined ? {} : { tightRadiusBits: numberOf("--tight", tight) }),
		...(wide === undefined ? {} : { wideRadiusBits: numberOf("--wide", wide) }),
		...(owner === undefined ? {} : { owner }),
		...(expires === undefined ? {} : { expiresAt: parseMoment(expires, "a date such as 2027-01-31").toISOString() }),
		...(videoItem === undefined && videoEntry === undefined
			? {}
			: {
					videoShares: {
						ofItem: videoItem === undefined ? shares.ofItem : numberOf("--video-item", videoItem),
						ofEntry: videoEntry === undefined ? shares.ofEntry : numberOf("--video-entry", videoEntry),
					},
				}),
		...(allowShare === undefined && allowEntries === undefined
			? {}
			: {
					allowedChange: {
						share: allowShare === undefined ? allowed.share : numberOf("--allow-share", allowShare),
						addedEntries: allowEntries === undefined ? allowed.addedEntries : numberOf("--allow-entries", allowEntries),
					},
				}),
	};
}

function numberOf(option: string, text: string): number {
	const value = Number(text);
	if (text.trim() === "" || !Number.isFinite(value)) throw new UsageError(`${option} takes a number, not ${text}`);
	return value;
}
