import type { Command } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { proposalId, type UserId } from "../../core/ids.ts";
import { isAllowed } from "../../core/people/user.ts";
import type { StoredTuningProposal } from "../../core/ports/model-settings-store.ts";
import { checkCalibration } from "../../core/scoring/calibration-check.ts";
import { modelKey } from "../../core/scoring/model-settings.ts";
import type { Interval } from "../../core/scoring/threshold.ts";
import { proposeTuning } from "../../core/scoring/tuning.ts";
import type { Parts } from "../../parts/parts.ts";
import { decidedScores } from "../decided-scores.ts";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseShare } from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";
import { parseId } from "../unknown-id.ts";

export function addTuningCommands(model: Command): void {
	addCalibrate(model);
	addCalibration(model);
	model
		.command("proposals")
		.description("List proposed calibrations and thresholds")
		.option("--all", "decided ones too")
		.action(async (options: { readonly all?: boolean }, command: Command) => {
			const state = options.all === true ? null : "open";
			const found = await withParts(({ stores }) => stores.modelSettings.proposals({ state }));
			print(command, found, (all) =>
				table(
					[
						"id",
						"model",
						"category",
						"platform",
						"threshold",
						"from",
						"precision",
						"recall",
						"ECE now",
						"ECE",
						"decisions",
						"state",
					],
					all.map(({ id, category, platformName, tuning, evidence, state: now, revision, ...version }) => [
						id,
						modelKey(version),
						category,
						platformName ?? "(all)",
						tuning.threshold.toFixed(4),
						evidence.threshold,
						interval(evidence.precision),
						interval(evidence.recall),
						evidence.errors?.now.toFixed(3) ?? null,
						evidence.errors?.fitted.toFixed(3) ?? null,
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
		.option("--platform <name>", "from the decisions of this platform alone, and for it alone")
		.option("--precision <share>", "of the items sent to people, the share that they should confirm", parseShare, 0.8)
		.addHelpText(
			"after",
			"\nDecisions exist only for what reached people: the curve is known there, and falls to nothing below. What was proposed for" +
				"\none platform holds there in place of what holds for all. A platform with fewer decisions than it takes keeps the curve of all.",
		)
		.action(async (id: string, options: ProposeOptions, command: Command) => {
			const proposal = await withParts((parts) => propose(parts, id, options));
			print(command, proposal, describe);
		});
}

function addCalibration(model: Command): void {
	model
		.command("calibration")
		.description("Show how far a model's scores lie from what people decided, for all platforms and for each")
		.argument("<model>", "a model of the registry")
		.option("--category <code>", "policy category", "adult")
		.addHelpText(
			"after",
			"\nECE: over ten bins of what was said, how far it lies from the share that people confirmed. `fitted` and `own` are those of curves from all" +
				"\nplatforms' decisions and from its own, tried on decisions that they were not fitted to. Of a few hundred decisions chance alone makes 0.03.",
		)
		.action(async (id: string, { category }: { readonly category: string }, command: Command) => {
			const checks = await withParts(async (parts) => {
				const { reviewed, present } = await decidedScores(parts, id, { category });
				return checkCalibration(reviewed, present.calibration);
			});
			print(command, checks, (all) =>
				table(
					["platform", "confirmed", "rejected", "ECE now", "ECE fitted", "ECE own"],
					all.map(({ platform, confirmed, rejected, errors }) => [
						...[platform ?? "(all)", confirmed, rejected],
						...[errors?.now, errors?.fitted, errors?.ownFitted].map((error) => error?.toFixed(3) ?? "too few"),
					]),
				),
			);
		});
}

interface ProposeOptions {
	readonly category: string;
	readonly precision: number;
	readonly platform?: string;
	readonly by?: string;
}

async function propose(parts: Parts, id: string, { category, precision: wantedPrecision, ...options }: ProposeOptions) {
	const by = doerOf(options);
	const platform = options.platform === undefined ? null : await requirePlatform(parts.stores, options.platform);
	const { version, ...decided } = await decidedScores(parts, id, { category, platform });
	const proposal = proposeTuning({ ...decided, wantedPrecision });
	if (proposal.kind === "too-few") {
		const { confirmed, rejected, needed } = proposal;
		throw new BreakwaterError("malformed-request", {
			detail: `too few decisions on what ${modelKey(version)} scored${platform === null ? "" : ` on ${platform.name}`}: ${confirmed} confirmed and ${rejected} rejected, ${needed} of each are needed`,
		});
	}
	return parts.stores.modelSettings.propose(
		{ ...version, category, platform: platform?.id ?? null, tuning: proposal.tuning, evidence: proposal.evidence },
		by,
	);
}

function describe({ id, category, platformName, tuning, evidence, ...version }: StoredTuningProposal): string {
	const rests = `${evidence.confirmed} confirmed and ${evidence.rejected} rejected cases`;
	const threshold =
		evidence.threshold === "proposed"
			? `threshold ${tuning.threshold.toFixed(4)}: precision ${interval(evidence.precision)}, recall ${interval(evidence.recall)}`
			: `threshold ${tuning.threshold.toFixed(4)}, the present one in the new probabilities: none is sure to reach a precision of ${evidence.wantedPrecision}`;
	const { errors } = evidence;
	const error =
		errors === undefined
			? ""
			: `\ncalibration error (ECE): ${errors.now.toFixed(3)} now, ${errors.fitted.toFixed(3)} as proposed`;
	return `proposal ${id} for ${modelKey(version)}, ${category}${platformName === null ? "" : ` on ${platformName}`}, from ${rests}\n${threshold}${error}\naccept it with: breakwater model accept ${id} --by <login>`;
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
