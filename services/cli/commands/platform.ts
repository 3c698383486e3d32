import type { Command } from "commander";
import { feedKeyOf } from "../../core/wire/event-signature.ts";
import { hashOfKey, newKey } from "../../runtime/bearer-key.ts";
import { readConfig } from "../../runtime/config.ts";
import { testWebhook, withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import {
	newWebhookSecret,
	parseEventSource,
	parsePlatformName,
	parseWebhookUrl,
	UsageError,
} from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";
import { addRotateKey } from "../rotate-key.ts";
import { addPlatformAddresses } from "./platform-addresses.ts";
import { addPlatformCountry } from "./platform-country.ts";
import { addPlatformJurisdictions } from "./platform-jurisdictions.ts";

interface AddOptions extends ByOptions {
	readonly source: string;
	readonly webhook?: string;
	readonly mediaHost?: string[];
}

export function addPlatformCommands(program: Command): void {
	const platform = program.command("platform").description("Platforms: tenants that send items and obey orders");
	withBy(platform.command("add"))
		.description("Register a platform; prints its API key and webhook secret, once")
		.argument("<name>", "lower-case letters, digits and dashes")
		.requiredOption("--source <uri>", "the CloudEvents `source` of all its events", parseEventSource)
		.option("--webhook <url>", "where its orders go")
		.option("--media-host <host...>", "hosts from which its media may be fetched (*.example.org allows subdomains)")
		.action(async (typed: string, options: AddOptions, command: Command) => {
			const name = parsePlatformName(typed);
			const key = newKey("platform", name);
			const secret = newWebhookSecret();
			const webhook = options.webhook === undefined ? null : { url: parseWebhookUrl(options.webhook), secret };
			const created = await withParts(async ({ stores }) => {
				const by = doerOf(options);
				const { source, mediaHost: mediaHosts = [] } = options;
				const added = await stores.platforms.create({ name, source, webhook, mediaHosts }, by);
				await stores.platforms.addKey(added.id, hashOfKey(key), "first", { by });
				return added;
			});
			const answer = {
				id: created.id,
				name,
				source: created.source,
				apiKey: key,
				webhookSecret: webhook === null ? null : secret,
			};
			print(command, answer, (one) =>
				[
					`added platform ${one.name}; keep these, they are not shown again:`,
					`  API key         ${one.apiKey}`,
					one.webhookSecret === null
						? "  no webhook: orders go to the topic only"
						: `  webhook secret  ${one.webhookSecret}`,
				].join("\n"),
			);
		});
	addListAndKeys(platform);
	addWebhookCommands(platform);
	addPlatformAddresses(platform);
	addPlatformCountry(platform);
	addPlatformJurisdictions(platform);
	addSwitches(platform);
	addFeedKey(platform);
}

function addListAndKeys(platform: Command): void {
	platform
		.command("list")
		.description("List platforms")
		.action(async (_options: unknown, command: Command) => {
			const platforms = await withParts(({ stores }) => stores.platforms.list());
			const safe = platforms.map(({ webhook, ...rest }) => ({ ...rest, webhookUrl: webhook?.url ?? null }));
			print(command, safe, (all) =>
				table(
					["name", "source", "webhook", "media hosts", "country", "laws of", "state"],
					all.map((one) => [
						...[one.name, one.source, one.webhookUrl, one.mediaHosts.join(" "), one.country],
						one.jurisdictions.join(" "),
						one.isEnabled ? "enabled" : "disabled",
					]),
				),
			);
		});
	withBy(platform.command("add-key"))
		.description("Print one more key of a platform; the others stay valid")
		.argument("<name>", "platform")
		.option("--label <text>", "what it is for", "added")
		.option("--curate", "it may also change banks through the matcher's API")
		.action(async (name: string, options: KeyOptions, command: Command) => {
			const key = newKey("platform", name);
			const mayCurate = options.curate === true;
			await withParts(async ({ stores }) => {
				const { id } = await requirePlatform(stores, name);
				await stores.platforms.addKey(id, hashOfKey(key), options.label, {
					mayCurate,
					by: doerOf(options),
				});
			});
			print(
				command,
				{ name, apiKey: key, mayCurate },
				(one) =>
					`a key of ${one.name}${mayCurate ? " that may change banks" : ""}; it is not shown again\n  API key  ${one.apiKey}`,
			);
		});
	addRotateKey(platform, "platform", async (stores, name, key, rotation) => {
		const { id } = await requirePlatform(stores, name);
		await stores.platforms.rotateKeys(id, key, rotation);
	});
}

interface KeyOptions extends ByOptions {
	readonly label: string;
	readonly curate?: true;
}

interface WebhookOptions extends ByOptions {
	readonly none?: true;
	readonly newSecret?: true;
}

function addWebhookCommands(platform: Command): void {
	withBy(platform.command("set-webhook"))
		.description("Set where a platform's orders go, from the next one on; those that wait go there, too")
		.argument("<name>", "platform")
		.argument("[url]", "http or https")
		.option("--none", "no webhook: orders go to the topic only")
		.option("--new-secret", "make a new signing secret, too; the former one signs nothing any more")
		.action(async (name: string, url: string | undefined, options: WebhookOptions, command: Command) => {
			if ((url === undefined) === (options.none !== true)) throw new UsageError("name a URL, or --none");
			const typed = url === undefined ? null : parseWebhookUrl(url);
			const shown = await withParts(async ({ stores }) => {
				const { id, webhook } = await requirePlatform(stores, name);
				const isNew = typed !== null && (webhook === null || options.newSecret === true);
				const secret = isNew ? newWebhookSecret() : (webhook?.secret ?? "");
				await stores.platforms.setWebhook(id, typed === null ? null : { url: typed, secret }, doerOf(options));
				return { name, webhookUrl: typed, webhookSecret: isNew ? secret : null };
			});
			print(command, shown, ({ webhookUrl, webhookSecret }) => {
				if (webhookUrl === null) return `orders to ${name} go to the topic only`;
				if (webhookSecret === null) return `orders to ${name} go to ${webhookUrl}, signed as before`;
				return `orders to ${name} go to ${webhookUrl}; the secret is not shown again\n  webhook secret  ${webhookSecret}`;
			});
		});
	platform
		.command("test")
		.description("Send a platform's webhook a signed message that orders nothing, and say what came back")
		.argument("<name>", "platform")
		.action(async (name: string, _options: unknown, command: Command) => {
			const found = await withParts(({ stores }) => requirePlatform(stores, name));
			if (found.webhook === null) throw new Error(`${name} has no webhook; its orders go to the topic only`);
			const outcome = await testWebhook(found);
			if (outcome.kind !== "delivered") process.exitCode = 1;
			print(command, { name, ...outcome }, () =>
				outcome.kind === "delivered"
					? `${name} took the message: status ${outcome.status}`
					: `${name} did not take the message: ${outcome.reason}`,
			);
		});
}

function addSwitches(platform: Command): void {
	for (const [verb, isEnabled] of [
		["disable", false],
		["enable", true],
	] as const) {
		withBy(platform.command(verb))
			.description(
				isEnabled
					? "Take items from a platform again (parked ones: `breakwater dead-letters replay --reason unknown-platform`)"
					: "Take nothing more from a platform: its keys are refused, its records on Kafka parked; what was decided is still sent to it",
			)
			.argument("<name>", "platform")
			.action(async (name: string, options: ByOptions, command: Command) => {
				await withParts(async ({ stores }) => {
					const { id } = await requirePlatform(stores, name);
					await stores.platforms.setEnabled(id, isEnabled, doerOf(options));
				});
				print(command, { name, isEnabled }, () => `${name} is ${verb}d`);
			});
	}
}

function addFeedKey(platform: Command): void {
	platform
		.command("feed-key")
		.description("Print the key that a platform signs its records on Kafka with (see infra/kafka/README.md)")
		.argument("<name>", "platform")
		.action(async (name: string, _options: unknown, command: Command) => {
			const { source } = await withParts(({ stores }) => requirePlatform(stores, name));
			const [secret] = readConfig().stream.eventSecrets;
			if (secret === undefined) throw new UsageError("records are not signed here: BREAKWATER_EVENT_SECRETS is empty");
			print(command, { name, source, feedKey: feedKeyOf(secret, source) }, ({ feedKey }) => feedKey);
		});
}
