// Proposals of how to read a model, from their making to a person's yes or no.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type ProposalId, platformId, proposalId, type UserId, userId, uuidv7 } from "../../../core/ids.ts";
import type { ModelSettingsStore, StoredTuningProposal } from "../../../core/ports/model-settings-store.ts";
import { applyModelAct, initialSettings } from "../../../core/scoring/model-settings.ts";
import { tuningEvidence, tuningSchema } from "../../../core/scoring/tuning.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { changeSettings } from "./model-revisions.ts";

const proposalRow = z.object({
	id: proposalId,
	model: column.text,
	version: column.text,
	category: column.text,
	platform_id: platformId.nullable(),
	platform_name: column.text.nullable(),
	tuning: tuningSchema,
	evidence: tuningEvidence,
	state: z.enum(["open", "accepted", "rejected"]),
	proposed_at: column.time,
	decided_at: column.time.nullable(),
	decided_by: userId.nullable(),
	revision: column.whole.nullable(),
});

const platformName = sql`(SELECT name FROM platforms WHERE platforms.id = platform_id) AS platform_name`;

export function createTuningProposals(
	database: Database,
): Pick<ModelSettingsStore, "propose" | "proposals" | "accept" | "reject"> {
	return {
		propose: (proposal, by = machine) =>
			database.transaction(async (tx) => {
				const { model, version, category, platform, tuning, evidence } = proposal;
				await tx.rows(
					sql`UPDATE model_proposals SET state = 'rejected', decided_at = now()
						WHERE state = 'open' AND model = ${model} AND version = ${version} AND category = ${category}
							AND platform_id IS NOT DISTINCT FROM ${platform}`,
				);
				const [row] = await tx.rows(
					sql`INSERT INTO model_proposals (id, model, version, category, platform_id, tuning, evidence)
						VALUES (${uuidv7(Date.now())}, ${model}, ${version}, ${category}, ${platform},
							${JSON.stringify(tuning)}::jsonb, ${JSON.stringify(evidence)}::jsonb)
						RETURNING *, ${platformName}`,
					proposalRow,
				);
				const made = toProposal(row);
				await appendActs(tx, [{ what: "proposal-made", on: made.id, by, details: { model, version, category } }]);
				return made;
			}),
		async proposals({ state }) {
			const rows = await database.rows(
				sql`SELECT *, ${platformName} FROM model_proposals WHERE ${state}::text IS NULL OR state = ${state} ORDER BY id DESC`,
				proposalRow,
			);
			return rows.map(toProposal);
		},
		accept: (id, by) =>
			changeSettings(
				database,
				by,
				async (newest, tx) => {
					const proposal = await findOpen(tx, id);
					const settings = applyModelAct(newest?.settings ?? initialSettings, { ...proposal, kind: "accept" }, null);
					const told: NewAct = { what: "model-accept", on: id, by: { kind: "person", userId: by }, details: proposal };
					return { act: "accept", settings, origin: settings.revision, told };
				},
				({ revision }, tx) => close(tx, id, { state: "accepted", by, revision }),
			),
		reject: (id, by) =>
			database.transaction(async (tx) => {
				const details = await findOpen(tx, id);
				await close(tx, id, { state: "rejected", by, revision: null });
				await appendActs(tx, [{ what: "proposal-rejected", on: id, by: { kind: "person", userId: by }, details }]);
			}),
	};
}

async function findOpen(tx: Connection, id: ProposalId): Promise<StoredTuningProposal> {
	const [row] = await tx.rows(
		sql`SELECT *, ${platformName} FROM model_proposals WHERE id = ${id} AND state = 'open' FOR UPDATE`,
		proposalRow,
	);
	if (row === undefined) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "proposal" }] });
	return toProposal(row);
}

async function close(
	tx: Connection,
	id: ProposalId,
	end: { readonly state: "accepted" | "rejected"; readonly by: UserId; readonly revision: number | null },
): Promise<void> {
	await tx.rows(
		sql`UPDATE model_proposals SET state = ${end.state}, decided_at = now(), decided_by = ${end.by}, revision = ${end.revision}
			WHERE id = ${id}`,
	);
}

function toProposal(row: z.infer<typeof proposalRow> | undefined): StoredTuningProposal {
	if (row === undefined) throw new BreakwaterError("internal");
	const { id, model, version, category, state, revision, tuning, evidence } = row;
	return {
		...{ id, model, version, category, state, revision, tuning, evidence },
		...{ platform: row.platform_id, platformName: row.platform_name },
		proposedAt: row.proposed_at,
		decidedAt: row.decided_at,
		decidedBy: row.decided_by,
	};
}
