// Rows of rules, as the store of rules reads them.
import { sql } from "kysely";
import { z } from "zod";
import { userId } from "../../../core/ids.ts";
import type { RuleRevision } from "../../../core/ports/rule-store.ts";
import { askedStage, ruleBody, ruleStages } from "../../../core/rules/rule.ts";
import { activeSnooze } from "../../../core/rules/snooze.ts";
import { column } from "../connection/columns.ts";

const stage = z.enum(ruleStages);

export const askedRow = z.object({
	...{ body: ruleBody, revision: column.whole, stage: askedStage, share: column.real },
	snoozes: z.array(activeSnooze),
});

/** The snoozes of a rule that last; a cluster that was merged is the one that stands in its place. */
export const lastingSnoozes = sql`COALESCE((
	SELECT jsonb_agg(jsonb_build_object('id', own.id, 'until', until, 'of', CASE WHEN cluster_id IS NULL
			THEN jsonb_build_object('kind', 'account', 'platformId', platform_id, 'accountId', account_id)
			ELSE jsonb_build_object('kind', 'cluster', 'clusterId', COALESCE(merged_into, cluster_id)) END) ORDER BY own.id)
		FROM rule_snoozes AS own LEFT JOIN clusters ON clusters.id = cluster_id
		WHERE rule = rule_stages.name AND ended_at IS NULL AND until > now()), '[]')`;

export const ruleRow = z.object({
	body: ruleBody,
	revision: column.whole,
	stage,
	share: column.real,
	since: column.time,
	ends_at: column.time.nullable(),
	was_live: column.flag,
	made_by: column.text,
	made_at: column.time,
	why: column.text,
	asked_stage: stage.nullable(),
	asked_share: column.real.nullable(),
	asked_by: userId.nullable(),
	asked_login: column.text.nullable(),
	asked_why: column.text.nullable(),
});
export type RuleRow = z.infer<typeof ruleRow>;

export const selectRules = sql`SELECT made.body, made.revision, at.stage, at.share, at.since, at.ends_at, at.was_live, made.made_by, made.made_at, made.why,
		asked.stage AS asked_stage, asked.share AS asked_share, asked.asked_by, users.login AS asked_login, asked.why AS asked_why
	FROM rule_revisions AS made JOIN rule_stages AS at USING (name, revision)
		LEFT JOIN rule_requests AS asked USING (name, revision) LEFT JOIN users ON users.id = asked.asked_by`;

export function toRule(row: RuleRow): RuleRevision {
	const { body, revision, stage, share, since, why } = row;
	const { asked_stage, asked_share, asked_login, asked_why } = row;
	const isWaiting = asked_stage !== null && asked_share !== null && asked_login !== null && asked_why !== null;
	return {
		...{ body, revision, stage, share, since, why },
		endsAt: row.ends_at,
		madeBy: row.made_by,
		madeAt: row.made_at,
		waiting: isWaiting ? { stage: asked_stage, share: asked_share, askedBy: asked_login, why: asked_why } : null,
	};
}
