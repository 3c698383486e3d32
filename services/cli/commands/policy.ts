// `breakwater policy …`: what is in force, and what was. Proposing and accepting are in policy-proposals.ts.
import { type Command, Option } from "commander";
import { withChanges } from "../../core/policy/policy-history.ts";
import { type PolicyScope, settingsFor } from "../../core/policy/policy-set.ts";
import type { PolicyRevision } from "../../core/ports/policy-store.ts";
import type { Country } from "../../core/wire/country.ts";
import { type Surface, surfaces } from "../../core/wire/item-event.ts";
import {
	describeChanges,
	describeRevision,
	describeSet,
	describeSettings,
	fileOf,
	scopeName,
} from "../describe-policy.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { parseCount, parseCountry } from "../parse-options.ts";
import { requireRevision } from "../require-revision.ts";
import { unknownId } from "../unknown-id.ts";
import { addAskCommand } from "./policy-ask.ts";
import { addProposalCommands } from "./policy-proposals.ts";

export function addPolicyCommands(program: Command): void {
	const policy = program
		.command("policy")
		.description("The policy: what the machine does with what it finds, and what people must agree on");
	addShow(policy);
	addHistory(policy);
	addProposalCommands(policy);
	addAskCommand(policy);
}

interface ShowOptions {
	readonly platform?: string;
	readonly surface?: Surface;
	readonly country?: Country;
	readonly revision?: number;
}

function addShow(policy: Command): void {
	policy
		.command("show")
		.description("Show the revision in force, or what it comes to for a platform, surface and country")
		.option("--platform <name>", "for items of this platform: its name or id")
		.addOption(new Option("--surface <surface>", "for items of this surface").choices(surfaces))
		.option("--country <code>", "for items under the law of this country, as VN", parseCountry)
		.option("--revision <n>", "an older one, as verdicts name it", parseCount)
		.addHelpText("after", "\nWhat it prints with --json can be edited and proposed: breakwater policy propose FILE.")
		.action(async (options: ShowOptions, command: Command) => {
			const { found, platforms } = await withParts(async ({ stores }) => ({
				found:
					options.revision === undefined
						? await stores.policy.current()
						: await requireRevision(stores, options.revision),
				platforms: await stores.platforms.list(),
			}));
			if ([options.platform, options.surface, options.country].every((one) => one === undefined)) {
				const { revision, accepted, set } = found;
				return print(command, { revision, ...fileOf(set, platforms), accepted }, () =>
					[describeRevision(found), "", describeSet(set, platforms)].join("\n"),
				);
			}
			const platform =
				options.platform === undefined
					? null
					: platforms.find(({ id, name }) => id === options.platform || name === options.platform);
			if (platform === undefined) throw unknownId({ what: "platform", list: "platform list" }, options.platform ?? "");
			const { surface = null, country = platform?.country ?? null } = options;
			printResolved(command, found, { platform: platform?.id ?? null, name: platform?.name ?? null, surface, country });
		});
}

function printResolved(
	command: Command,
	{ revision, set }: PolicyRevision,
	{ name, ...at }: Required<PolicyScope> & { readonly name: string | null },
): void {
	const { platform, surface, country } = at;
	const settings = settingsFor(set, at);
	print(command, { revision, platform: name, surface, country, settings }, () => {
		const platforms = platform === null || name === null ? [] : [{ id: platform, name }];
		return `policy revision ${revision}, ${scopeName(at, platforms)}:\n${describeSettings(settings)}`;
	});
}

function addHistory(policy: Command): void {
	policy
		.command("history")
		.description("List the revisions, newest first, each with what it changed, who proposed it and who accepted it")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ limit }: { readonly limit: number }, command: Command) => {
			const { revisions, platforms } = await withParts(async ({ stores }) => ({
				revisions: withChanges(await stores.policy.history({ before: null, limit: limit + 1 })).slice(0, limit),
				platforms: await stores.platforms.list(),
			}));
			print(command, revisions, (all) =>
				all
					.map((one) =>
						[describeRevision(one), describeChanges(one.changes, platforms)].filter((text) => text !== "").join("\n"),
					)
					.join("\n"),
			);
		});
}
