// The rows of model settings: each act adds one, none is ever changed.
import { sql } from "kysely";
import { BreakwaterError } from "../../../core/errors.ts";
import type { ModelRevision } from "../../../core/ports/model-settings-store.ts";
import {
	initialSettings,
	type ModelActKind,
	type ModelSettings,
	modelSettingsSchema,
} from "../../../core/scoring/model-settings.ts";
import type { Database, Executor } from "../connection/database.ts";

interface RevisionRow {
	readonly origin: number;
	readonly act: ModelActKind;
	readonly by: string;
	readonly at: Date;
	readonly settings: unknown;
}

export type NextRevision = Pick<ModelRevision, "act" | "settings" | "origin">;

/** Acts come one after another, also those of several machines. */
export function changeSettings(
	database: Database,
	by: string,
	decide: (newest: ModelRevision | null, tx: Executor) => NextRevision | Promise<NextRevision>,
	afterwards: (settings: ModelSettings, tx: Executor) => Promise<void> = async () => undefined,
): Promise<ModelSettings> {
	return database.transaction(async (tx) => {
		await database.rows(sql`SELECT pg_advisory_xact_lock(hashtext('model_revisions'))`, tx);
		const { act, settings, origin } = await decide(await newestRevision(database, tx), tx);
		await database.rows(
			sql`INSERT INTO model_revisions (revision, origin, act, by, settings)
				VALUES (${settings.revision}, ${origin}, ${act}, ${by}, ${JSON.stringify(settings)}::jsonb)`,
			tx,
		);
		await afterwards(settings, tx);
		await database.rows(sql`SELECT pg_notify('models', '')`, tx);
		return settings;
	});
}

export async function newestRevision(database: Database, on?: Executor): Promise<ModelRevision | null> {
	const [row] = await database.rows<RevisionRow>(sql`SELECT * FROM model_revisions ORDER BY revision DESC LIMIT 1`, on);
	return row === undefined ? null : toRevision(row);
}

export async function findRevision(
	database: Database,
	tx: Executor,
	revision: number,
): Promise<Pick<ModelRevision, "settings" | "origin">> {
	if (revision === 0) return { settings: initialSettings, origin: 0 };
	const [row] = await database.rows<RevisionRow>(sql`SELECT * FROM model_revisions WHERE revision = ${revision}`, tx);
	if (row !== undefined) return toRevision(row);
	const detail = revision < 0 ? "there is nothing to go back to" : `there is no revision ${revision}`;
	throw new BreakwaterError("not-found", { detail });
}

export async function listRevisions(
	database: Database,
	limit: number,
	on?: Executor,
): Promise<readonly ModelRevision[]> {
	const rows = await database.rows<RevisionRow>(
		sql`SELECT * FROM model_revisions ORDER BY revision DESC LIMIT ${limit}`,
		on,
	);
	return rows.map(toRevision);
}

function toRevision({ settings, at, by, act, origin }: RevisionRow): ModelRevision {
	return { settings: modelSettingsSchema.parse(settings), at, by, act, origin };
}
