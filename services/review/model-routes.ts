// Models as people see and decide them: the shadow's tally and disagreements, and proposals. Models are chosen by the command line.
import type { Policies, Policy } from "../core/policy/policy.ts";
import type { ModelSettingsStore, StoredTuningProposal } from "../core/ports/model-settings-store.ts";
import type { ScoreWatchStore } from "../core/ports/score-watch-store.ts";
import { type ModelSettings, tuningOf } from "../core/scoring/model-settings.ts";
import { modelsAnswer, proposalAnswer, proposalParams, type WireProposal } from "../core/wire/models-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface ModelRouteDeps {
	readonly guard: Guard;
	readonly modelSettings: Pick<ModelSettingsStore, "current" | "proposals" | "accept" | "reject">;
	readonly scoreWatch: Pick<ScoreWatchStore, "tallies" | "disagreements">;
	readonly policies: Pick<Policies, "of">;
	/** The model that speaks where nobody has chosen another. */
	readonly configuredModel: string;
}

const tags = ["models"];
const disagreementsShown = 100;

export function registerModelRoutes(server: HttpServer, deps: ModelRouteDeps): void {
	const { guard, modelSettings, scoreWatch, policies, configuredModel } = deps;
	server.route({
		method: "GET",
		url: "/api/models",
		schema: {
			tags,
			summary: "Which model speaks, what the one in its shadow said, and open proposals",
			response: { 200: modelsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("model:decide"),
		handler: async () => {
			const [settings, proposals, tallies, disagreements] = await Promise.all([
				modelSettings.current(),
				modelSettings.proposals({ state: "open" }),
				scoreWatch.tallies(),
				scoreWatch.disagreements(disagreementsShown),
			]);
			return {
				revision: settings.revision,
				live: settings.live ?? configuredModel,
				shadow: settings.shadow,
				tallies: tallies.map((one) => ({ ...one })),
				disagreements: disagreements.map((one) => ({ ...one, at: one.at.toISOString() })),
				proposals: proposals.map((one) => showProposal(one, settings, policies.of(null, null, null))),
			};
		},
	});
	for (const [verb, summary] of [
		["accept", "Put a proposal to use; detectors follow within seconds, and verdicts name its revision"],
		["reject", "Decide against a proposal"],
	] as const) {
		server.route({
			method: "POST",
			url: `/api/model-proposals/:id/${verb}`,
			schema: { tags, summary, params: proposalParams, response: { 200: proposalAnswer, ...problemResponses } },
			onRequest: guard.needs("model:decide"),
			handler: async (request) => {
				const { id: by } = guard.sessionOf(request).user;
				await modelSettings[verb](request.params.id, by);
				return { revision: (await modelSettings.current()).revision };
			},
		});
	}
}

function showProposal(proposal: StoredTuningProposal, settings: ModelSettings, policy: Policy): WireProposal {
	const { id, model, version, category, platformName, tuning, evidence, proposedAt } = proposal;
	const present = tuningOf(settings, proposal)?.threshold ?? policy.modelThresholds[category];
	return {
		...{ id, model, version, category, platform: platformName, evidence },
		threshold: tuning.threshold,
		presentThreshold: present ?? null,
		proposedAt: proposedAt.toISOString(),
	};
}
