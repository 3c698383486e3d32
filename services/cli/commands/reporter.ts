import type { Command } from "commander";
import type { Reporter } from "../../core/ports/reporter-store.ts";
import { type ReporterKind, reporterKind, reporterKinds } from "../../core/reports/notice.ts";
import { reliabilityOf } from "../../core/reports/reliability.ts";
import type { Parts } from "../../parts/parts.ts";
import { hashOfKey, newKey } from "../../runtime/bearer-key.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { newWebhookSecret, parsePlatformName, parseWebhookUrl, UsageError } from "../parse-options.ts";
import { addRotateKey } from "../rotate-key.ts";
import { unknownId } from "../unknown-id.ts";

interface AddOptions extends ByOptions {
	readonly kind: string;
	readonly webhook?: string;
}

export function addReporterCommands(program: Command): void {
	const reporter = program
		.command("reporter")
		.description("Organisations that report by a key: hotlines, flaggers, platforms' buttons");
	withBy(reporter.command("add"))
		.description("Register a reporter; prints its API key and webhook secret, once")
		.argument("<name>", "lower-case letters, digits and dashes")
		.requiredOption("--kind <kind>", reporterKinds.join(", "))
		.option("--webhook <url>", "where it is told that a report came in, and what became of it")
		.action(async (typed: string, options: AddOptions, command: Command) => {
			const name = parsePlatformName(typed);
			const kind = parseKind(options.kind);
			const key = newKey("reporter", name);
			const secret = newWebhookSecret();
			const webhook = options.webhook === undefined ? null : { url: parseWebhookUrl(options.webhook), secret };
			const created = await withParts(async ({ stores }) => {
				const by = doerOf(options);
				const added = await stores.reporters.create({ name, kind, webhook }, by);
				await stores.reporters.addKey(added.id, hashOfKey(key), by);
				return added;
			});
			const answer = { id: created.id, name, kind, apiKey: key, webhookSecret: webhook === null ? null : secret };
			print(command, answer, ({ apiKey, webhookSecret }) =>
				[
					`added reporter ${name}; keep these, they are not shown again:`,
					`  API key         ${apiKey}`,
					webhookSecret === null
						? "  no webhook: it asks what became of its reports"
						: `  webhook secret  ${webhookSecret}`,
				].join("\n"),
			);
		});
	addList(reporter);
	addRotateKey(reporter, "reporter", async (stores, name, key, rotation) => {
		const { id } = await requireReporter(stores, name);
		await stores.reporters.rotateKeys(id, key, rotation);
	});
	for (const [verb, isEnabled] of [
		["disable", false],
		["enable", true],
	] as const) {
		withBy(reporter.command(verb))
			.description(isEnabled ? "Take reports of it again" : "Refuse its keys; what it reported stays, and is answered")
			.argument("<name>", "reporter")
			.action(async (name: string, options: ByOptions, command: Command) => {
				await withParts(async ({ stores }) => {
					const { id } = await requireReporter(stores, name);
					await stores.reporters.setEnabled(id, isEnabled, doerOf(options));
				});
				print(command, { name, isEnabled }, () => `${name} is ${verb}d`);
			});
	}
}

function addList(reporter: Command): void {
	reporter
		.command("list")
		.description("List reporters, and how often people agreed with each (of the cases decided, at 95 %)")
		.action(async (_options: unknown, command: Command) => {
			const reporters = await withParts(({ stores }) => stores.reporters.list());
			const safe = reporters.map(({ webhook, record, ...rest }) => ({
				...rest,
				webhookUrl: webhook?.url ?? null,
				record: reliabilityOf(record),
			}));
			print(command, safe, (all) =>
				table(
					["name", "kind", "right of decided", "share", "webhook", "state"],
					all.map(({ name, kind, record, webhookUrl, isEnabled }) => [
						...[name, kind, `${record.right} of ${record.decided}`],
						record.decided === 0 ? "not known" : `${percent(record.atLeast)} to ${percent(record.atMost)}`,
						...[webhookUrl, isEnabled ? "enabled" : "disabled"],
					]),
				),
			);
		});
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

function parseKind(text: string): ReporterKind {
	const parsed = reporterKind.safeParse(text);
	if (!parsed.success)
		throw new UsageError(`--kind is one of ${reporterKinds.join(", ")}; not ${JSON.stringify(text)}`);
	return parsed.data;
}

async function requireReporter({ reporters }: Pick<Parts["stores"], "reporters">, name: string): Promise<Reporter> {
	const found = (await reporters.list()).find((one) => one.name === name);
	if (found === undefined) throw unknownId({ what: "reporter", list: "reporter list" }, name);
	return found;
}
