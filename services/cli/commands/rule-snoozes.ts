// `breakwater rules snooze|wake|snoozes`: a rule is not heard about an account, or a cluster, until a date.
import type { Command } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { clusterId, snoozeId } from "../../core/ids.ts";
import type { RuleSnooze } from "../../core/ports/snooze-store.ts";
import { mostSnoozeDays, mostSnoozes, type Snoozed } from "../../core/rules/snooze.ts";
import type { Parts } from "../../parts/parts.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { parseMoment } from "../parse-time.ts";
import { requirePlatform } from "../require-platform.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const untilHelp = "a time ahead (2026-12-24T12:00:00Z), at most a year";
const listed = { what: "snooze that lasts", list: "rules snoozes" };

export function addRuleSnoozeCommands(rules: Command): void {
	addSnooze(rules);
	addWake(rules);
	addSnoozes(rules);
}

interface SnoozeOptions extends ByOptions {
	readonly account?: string;
	readonly cluster?: string;
	readonly until: string;
	readonly why: string;
}

function addSnooze(rules: Command): void {
	withBy(rules.command("snooze"))
		.description(
			"Hear nothing of a rule about an account or a cluster until a date; what it would have said is recorded",
		)
		.argument("<name>", "see `breakwater rules list`")
		.option("--account <platform/id>", "the platform's name, and the account as the platform calls it")
		.option("--cluster <id>", "as the case's page shows it")
		.requiredOption("--until <time>", untilHelp)
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (name: string, options: SnoozeOptions, command: Command) => {
			const now = new Date();
			const until = parseMoment(options.until, untilHelp);
			if (until <= now || until.getTime() > now.getTime() + mostSnoozeDays * 86_400_000)
				throw new UsageError(`--until is ${untilHelp}`);
			const begun = await withParts(async (parts) => {
				if ((await parts.stores.rules.revisions(name)).length === 0)
					throw unknownId({ what: "rule", list: "rules list" }, name);
				const of = await snoozedOf(parts, options);
				return parts.stores.snoozes.begin({ rule: name, of, until, by: doerOf(options), why: options.why }, now);
			});
			print(
				command,
				begun,
				() => `${begun.id}: ${name} is not heard about ${nameOf(begun)} until ${begun.until.toISOString()}`,
			);
		});
}

async function snoozedOf({ stores }: Parts, { account, cluster }: SnoozeOptions): Promise<Snoozed> {
	if ((account === undefined) === (cluster === undefined))
		throw new UsageError("one of --account and --cluster says whom");
	if (account === undefined) {
		const which = { what: "cluster", list: "cases show" };
		return { kind: "cluster", clusterId: parseId(clusterId, cluster ?? "", which) };
	}
	const [, platform, accountId] = /^([^/]+)\/(.{1,256})$/s.exec(account) ?? [];
	if (platform === undefined || accountId === undefined)
		throw new UsageError("--account is a platform's name, a slash, and the account");
	const { id: platformId } = await requirePlatform(stores, platform);
	return { kind: "account", platformId, accountId };
}

function addWake(rules: Command): void {
	withBy(rules.command("wake"))
		.description("Hear a rule again before its snooze ends by itself")
		.argument("<snooze>", "see `breakwater rules snoozes`")
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (text: string, options: ByOptions & { readonly why: string }, command: Command) => {
			const id = parseId(snoozeId, text, listed);
			const ended = await withParts(({ stores }) =>
				stores.snoozes.end(id, doerOf(options), options.why).catch((error: unknown) => {
					throw error instanceof BreakwaterError && error.code === "not-found" ? unknownId(listed, text) : error;
				}),
			);
			print(command, ended, () => `${ended.rule} is heard again about ${nameOf(ended)}`);
		});
}

function addSnoozes(rules: Command): void {
	rules
		.command("snoozes")
		.description("List about whom rules are not heard, until when, by whom, and how often they would have spoken")
		.argument("[name]", "only of this rule")
		.action(async (name: string | undefined, _options: unknown, command: Command) => {
			const all = await withParts(async ({ stores }) => {
				if (name !== undefined && (await stores.rules.revisions(name)).length === 0)
					throw unknownId({ what: "rule", list: "rules list" }, name);
				return stores.snoozes.list({ ...(name === undefined ? {} : { rule: name }), limit: mostSnoozes });
			});
			print(command, all, () =>
				table(
					["id", "rule", "about", "until", "by", "why", "would have spoken"],
					all.map((one) => [one.id, one.rule, nameOf(one), endOf(one), one.by, one.why, one.firings]),
				),
			);
		});
}

function nameOf({ of, platformName }: RuleSnooze): string {
	return of.kind === "cluster" ? `cluster ${of.clusterId}` : `account ${platformName}/${of.accountId}`;
}

function endOf({ until, ended }: RuleSnooze): string {
	if (ended !== null) return `ended by ${ended.by}`;
	return until.getTime() > Date.now() ? until.toISOString() : "over";
}
