import type { Command } from "commander";
import type { ModelAct, ModelSettings } from "../../core/scoring/model-settings.ts";
import { readConfig } from "../../runtime/config.ts";
import { checkModel, listModels, withParts } from "../lazy-compose.ts";
import { operatorName, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseCount, parseSequence, parseShare, UsageError } from "../parse-options.ts";
import { addTuningCommands } from "./model-tuning.ts";

export function addModelCommands(program: Command): void {
	const model = program
		.command("model")
		.description("Models: which one speaks, what runs in its shadow, how scores are read");
	addList(model);
	addHistory(model);
	addShadow(model);
	addAct(model, "promote", "Make the model in the shadow the live one; detectors follow within seconds", {
		kind: "promote",
	});
	addRollback(model);
	addDisagreements(model);
	addTuningCommands(model);
	addAct(
		model,
		"renew-reference",
		"Measure drift from now on: once you know why scores have changed, and that the thresholds still fit",
		{ kind: "renew-reference" },
	);
}

function addList(model: Command): void {
	model
		.command("list")
		.description("List the registry's models, and what each does")
		.action(async (_options: unknown, command: Command) => {
			const models = await listModels();
			const settings = await withParts(({ stores }) => stores.modelSettings.current());
			const rows = models.map(({ id, version, licence, minimumBackend, isPrepared }) => ({
				id,
				version,
				role: roleOf(id, settings),
				isPrepared,
				minimumBackend,
				licence,
			}));
			print(command, { revision: settings.revision, models: rows }, () =>
				table(
					["model", "version", "role", "prepared", "needs", "licence"],
					rows.map((one) => [
						one.id,
						one.version,
						one.role,
						one.isPrepared ? "yes" : "no",
						one.minimumBackend,
						one.licence,
					]),
				),
			);
		});
}

function roleOf(id: string, settings: ModelSettings): string {
	if ((settings.live ?? readConfig().model.id) === id) return "live";
	return settings.shadow?.model === id ? `shadow of ${percent(settings.shadow.share)}` : "–";
}

function addHistory(model: Command): void {
	model
		.command("history")
		.description("List what was decided about models, newest first")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async (options: { readonly limit: number }, command: Command) => {
			const revisions = await withParts(({ stores }) => stores.modelSettings.history(options.limit));
			print(command, revisions, (all) =>
				table(
					["revision", "act", "by", "at", "live", "shadow", "settings of"],
					all.map(({ settings, act, by, at, origin }) => [
						settings.revision,
						act,
						by,
						at.toISOString(),
						settings.live ?? "as configured",
						settings.shadow === null ? null : `${settings.shadow.model} ${percent(settings.shadow.share)}`,
						origin === settings.revision ? null : origin,
					]),
				),
			);
		});
}

function addShadow(model: Command): void {
	withBy(model.command("shadow"))
		.description("Run a second model on a share of traffic; its answers are compared and change nothing")
		.argument("[model]", "a model of the registry")
		.option("--share <share>", "of the pictures that are scored, over 0 up to 1", parseShare, 0.1)
		.option("--off", "end it")
		.action(
			async (
				id: string | undefined,
				options: { readonly share: number; readonly off?: boolean; readonly by?: string },
				command: Command,
			) => {
				if ((id === undefined) === (options.off !== true)) throw new UsageError("name a model, or --off");
				if (id !== undefined) await checkModel(id);
				const act: ModelAct =
					id === undefined ? { kind: "end-shadow" } : { kind: "shadow", model: id, share: options.share };
				print(command, await change(act, operatorName(options)), describe);
			},
		);
}

function addAct(model: Command, verb: string, description: string, act: ModelAct): void {
	withBy(model.command(verb))
		.description(description)
		.action(async (options: { readonly by?: string }, command: Command) => {
			print(command, await change(act, operatorName(options)), describe);
		});
}

function addRollback(model: Command): void {
	withBy(model.command("rollback"))
		.description(
			"Put the settings back to those before the newest act, or to a revision; detectors follow within seconds",
		)
		.option("--to <revision>", "see `breakwater model history`; 0 is before any decision", parseSequence)
		.action(async (options: { readonly to?: number; readonly by?: string }, command: Command) => {
			const to = options.to ?? null;
			const settings = await withParts(({ stores }) => stores.modelSettings.rollBack(to, operatorName(options)));
			print(command, settings, describe);
		});
}

function addDisagreements(model: Command): void {
	model
		.command("disagreements")
		.description("List where the model in the shadow would have decided otherwise")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: { readonly limit: number }, command: Command) => {
			const found = await withParts(async ({ stores }) => ({
				tallies: await stores.scoreWatch.tallies(),
				disagreements: await stores.scoreWatch.disagreements(options.limit),
			}));
			print(command, found, ({ tallies, disagreements }) =>
				[
					...tallies.map(
						({ live, shadow, compared, disagreed }) =>
							`${shadow} beside ${live}: ${disagreed} of ${compared} pictures decided otherwise`,
					),
					table(
						["item", "live", "shadow", "people", "at"],
						disagreements.map((one) => [
							one.itemId,
							`${one.live} ${one.liveProbability.toFixed(3)}`,
							`${one.shadow} ${one.shadowProbability.toFixed(3)}`,
							one.decision,
							one.at.toISOString(),
						]),
					),
				].join("\n"),
			);
		});
}

function change(act: ModelAct, by: string): Promise<ModelSettings> {
	return withParts(({ config, stores }) => stores.modelSettings.change(act, by, config.model.id));
}

function describe({ revision, live, shadow }: ModelSettings): string {
	const beside = shadow === null ? "nothing" : `${shadow.model} on ${percent(shadow.share)}`;
	return `revision ${revision}: live ${live ?? `${readConfig().model.id} (as configured)`}, in its shadow ${beside}`;
}

function percent(share: number): string {
	return `${Number((share * 100).toFixed(2))} %`;
}
