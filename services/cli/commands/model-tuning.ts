import type { Command } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { proposalId, type UserId } from "../../core/ids.ts";
import { isAllowed } from "../../core/people/user.ts";
import type { StoredTuningProposal } from "../../core/ports/model-settings-store.ts";
import { modelKey, tuningOf } from "../../core/scoring/model-settings.ts";
import { ownProbabilities } from "../../core/scoring/read-scores.ts";
import type { Interval } from "../../core/scoring/threshold.ts";
import { proposeTuning } from "../../core/scoring/tuning.ts";
import type { Parts } from "../../parts/parts.ts";
import { checkModel, withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseShare } from "../parse-options.ts";
import { parseId } from "../unknown-id.ts";

/** Decisions that a curve is fitted to: the newest. */
const samplesAtMost = 50_000;

export function addTuningCommands(model: Command): void {
	addCalibrate(model);
	model
		.command("proposals")
		.description("List proposed calibrations and thresholds")
		.option("--all", "decided ones too")
		.action(async (options: { readonly all?: boolean }, command: Command) => {
			const state = options.all === true ? null : "open";
			const found = await withParts(({ stores }) => stores.modelSettings.proposals({ state }));
			print(command, found, (all) =>
				table(
					["id", "model", "category", "threshold", "from", "precision", "recall", "decisions", "state"],
					all.map(({ id, category, tuning, evidence, state: now, revision, ...version }) => [
						id,
						modelKey(version),
						category,
						tuning.threshold.toFixed(4),
						evidence.threshold,
						interval(evidence.precision),
						interval(evidence.recall),
						evidence.confirmed + evidence.rejected,
						revision === null ? now : `${now}, revision ${revision}`,
					]),
				),
			);
		});
	addDecide(model, "accept", "Put a proposal to use; detectors follow within seconds, and verdicts name its revision");
	addDecide(model, "reject", "Decide against a proposal");
}

function addCalibrate(model: Command): void {
	withBy(model.command("calibrate"))
		.description(
			"Propose, from what reviewers decided, how to read a model's scores; nothing changes until a person accepts",
		)
		.argument("<model>", "a model of the registry")
		.option("--category <code>", "policy category", "adult")
		.option("--precision <share>", "of the items sent to people, the share that they should confirm", parseShare, 0.8)
		.addHelpText(
			"after",
			"\nDecisions exist only for what reached people: the curve is known there, and falls to nothing below.",
		)
		.action(async (id: string, options: ProposeOptions, command: Command) => {
			const proposal = await withParts((parts) => propose(parts, id, options));
			print(command, proposal, describe);
		});
}

interface ProposeOptions {
	readonly category: string;
	readonly precision: number;
	readonly by?: string;
}

async function propose(parts: Parts, id: string, { category, precision: wantedPrecision, ...options }: ProposeOptions) {
	const by = doerOf(options);
	const { modelSettings } = parts.stores;
	const model = await checkModel(id);
	if (!(category in model.categories))
		throw new BreakwaterError("not-found", {
			detail: `${id} says nothing of ${category}; its categories are: ${Object.keys(model.categories).join(", ")}`,
		});
	const version = { model: id, version: model.version };
	const samples = await modelSettings.reviewed(version, category, samplesAtMost);
	const proposal = proposeTuning({
		reviewed: samples.map(({ labels, isConfirmed }) => ({
			probability: ownProbabilities(labels, model).find((one) => one.category === category)?.probability ?? 0,
			isConfirmed,
		})),
		wantedPrecision,
		present: tuningOf(await modelSettings.current(), version, category) ?? {
			calibration: model.calibration[category] ?? { kind: "none" },
			threshold: (await parts.stores.policy.current()).set.default.modelThresholds[category] ?? 1,
		},
	});
	if (proposal.kind === "too-few") {
		const { confirmed, rejected, needed } = proposal;
		throw new BreakwaterError("malformed-request", {
			detail: `too few decisions on what ${modelKey(version)} scored: ${confirmed} confirmed and ${rejected} rejected, ${needed} of each are needed`,
		});
	}
	return modelSettings.propose({ ...version, category, tuning: proposal.tuning, evidence: proposal.evidence }, by);
}

function describe({ id, category, tuning, evidence, ...version }: StoredTuningProposal): string {
	const rests = `${evidence.confirmed} confirmed and ${evidence.rejected} rejected cases`;
	const threshold =
		evidence.threshold === "proposed"
			? `threshold ${tuning.threshold.toFixed(4)}: precision ${interval(evidence.precision)}, recall ${interval(evidence.recall)}`
			: `threshold ${tuning.threshold.toFixed(4)}, the present one in the new probabilities: none is sure to reach a precision of ${evidence.wantedPrecision}`;
	return `proposal ${id} for ${modelKey(version)}, ${category}, from ${rests}\n${threshold}\naccept it with: breakwater model accept ${id} --by <login>`;
}

function addDecide(model: Command, verb: "accept" | "reject", description: string): void {
	model
		.command(verb)
		.description(description)
		.argument("<id>", "see `breakwater model proposals`")
		.requiredOption("--by <login>", "the person who decides: a lead or an operator")
		.action(async (text: string, options: { readonly by: string }, command: Command) => {
			const id = parseId(proposalId, text, { what: "proposal", list: "model proposals" });
			const settings = await withParts(async ({ stores }) => {
				const by = await requirePerson(stores, options.by);
				if (verb === "accept") return stores.modelSettings.accept(id, by);
				await stores.modelSettings.reject(id, by);
				return stores.modelSettings.current();
			});
			print(command, { [`${verb}ed`]: id, revision: settings.revision }, ({ revision }) =>
				verb === "accept" ? `accepted ${id}: revision ${revision}` : `rejected ${id}`,
			);
		});
}

async function requirePerson(stores: Parts["stores"], login: string): Promise<UserId> {
	const found = await stores.users.findForLogin(login.toLowerCase());
	if (found === null || found.user.isDisabled)
		throw new BreakwaterError("not-found", { detail: `there is no person ${login}` });
	if (!isAllowed(found.user, "model:decide"))
		throw new BreakwaterError("forbidden", { detail: `${login} has no role that may do this` });
	return found.user.id;
}

function interval(of: Interval | null): string | null {
	return of === null ? null : `${of.low.toFixed(3)}–${of.high.toFixed(3)}`;
}
