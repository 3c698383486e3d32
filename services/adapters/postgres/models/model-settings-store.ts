import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import type { ModelSettingsStore, ReviewedLabels } from "../../../core/ports/model-settings-store.ts";
import {
	applyModelAct,
	initialSettings,
	type ModelAct,
	type ModelSettings,
	type ModelVersion,
} from "../../../core/scoring/model-settings.ts";
import type { NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { changeSettings, findRevision, listRevisions, newestRevision } from "./model-revisions.ts";
import { createTuningProposals } from "./tuning-proposals.ts";

export function createModelSettingsStore(database: Database): ModelSettingsStore {
	return {
		current: async () => (await newestRevision(database))?.settings ?? initialSettings,
		history: (limit) => listRevisions(database, limit),
		change: (act, by, configuredModel) =>
			changeSettings(database, by, (newest) => {
				const settings = applyModelAct(newest?.settings ?? initialSettings, act, configuredModel);
				return { act: act.kind, settings, origin: settings.revision, told: toldOf(act, settings, by) };
			}),
		rollBack: (to, by) =>
			changeSettings(database, by, async (newest, tx) => {
				const target = await findRevision(tx, to ?? (newest?.origin ?? 0) - 1);
				const settings = { ...target.settings, revision: (newest?.settings.revision ?? 0) + 1 };
				const { origin } = target;
				const told: NewAct = { what: "model-rollback", on: theModels, by: named(by), details: { origin } };
				return { act: "rollback", settings, origin, told };
			}),
		onChanged: (listener) => database.listener.on("models", () => listener()),
		...createTuningProposals(database),
		reviewed: (model, category, limit) => findReviewed(database, model, category, limit),
	};
}

/** All models' settings are one thing. */
const theModels = "models";

function toldOf(act: ModelAct, settings: ModelSettings, name: string): NewAct {
	const told = { on: theModels, by: named(name) };
	switch (act.kind) {
		case "shadow":
			return { what: "model-shadow", ...told, details: { model: act.model, share: act.share } };
		case "promote":
			// What was promoted is live now.
			return { what: "model-promote", ...told, details: { model: settings.live ?? theModels } };
		case "accept": {
			const { model, version, category } = act;
			return { what: "model-accept", ...told, details: { model, version, category } };
		}
		case "end-shadow":
			return { what: "model-end-shadow", ...told, details: {} };
		case "renew-reference":
			return { what: "model-renew-reference", ...told, details: {} };
	}
}

/** A case speaks once: its first item stands for all the copies that it gathered. */
async function findReviewed(
	database: Database,
	{ model, version }: ModelVersion,
	category: string,
	limit: number,
): Promise<readonly ReviewedLabels[]> {
	return database.rows(
		sql`SELECT platform, labels, "isConfirmed" FROM (
				SELECT DISTINCT ON (cases.id) cases.decided_at, platforms.name AS platform, signal->'labels' AS labels,
					cases.decision = 'remove' AS "isConfirmed"
				FROM cases
				JOIN case_items ON case_items.case_id = cases.id
				JOIN verdicts ON verdicts.item_id = case_items.item_id
				JOIN items ON items.id = case_items.item_id
				JOIN platforms ON platforms.id = items.platform_id
				CROSS JOIN LATERAL jsonb_array_elements(verdicts.signals) AS signal
				WHERE cases.state IN ('decided', 'closed') AND cases.decision IS NOT NULL AND cases.category = ${category}
					AND signal->>'kind' = 'scored' AND signal->>'model' = ${model} AND signal->>'version' = ${version}
					AND signal->>'category' = ${category}
				ORDER BY cases.id, verdicts.item_id
			) AS samples ORDER BY decided_at DESC LIMIT ${limit}`,
		z.object({ platform: z.string(), labels: z.record(z.string(), z.number()), isConfirmed: column.flag }),
	);
}
