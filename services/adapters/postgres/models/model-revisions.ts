// The rows of model settings: each act adds one, none is ever changed.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import type { Fault } from "../../../core/fault.ts";
import type { ModelRevision } from "../../../core/ports/model-settings-store.ts";
import {
	initialSettings,
	type ModelSettings,
	modelActKinds,
	modelSettingsSchema,
} from "../../../core/scoring/model-settings.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";

const revisionRow = z.object({
	origin: column.whole,
	act: z.enum(modelActKinds),
	by: column.text,
	at: column.time,
	settings: modelSettingsSchema,
});

export type NextRevision = Pick<ModelRevision, "act" | "settings" | "origin"> & { readonly told: NewAct };

/** Acts come one after another, also those of several machines. */
export function changeSettings(
	database: Database,
	by: string,
	decide: (newest: ModelRevision | null, tx: Connection) => NextRevision | Promise<NextRevision>,
	afterwards: (settings: ModelSettings, tx: Connection) => Promise<void> = async () => undefined,
): Promise<ModelSettings> {
	return database.transaction(async (tx) => {
		await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtext('model_revisions'))`);
		const { act, settings, origin, told } = await decide(await newestRevision(tx), tx);
		await tx.rows(
			sql`INSERT INTO model_revisions (revision, origin, act, by, settings)
				VALUES (${settings.revision}, ${origin}, ${act}, ${by}, ${JSON.stringify(settings)}::jsonb)`,
		);
		await afterwards(settings, tx);
		await appendActs(tx, [{ ...told, revision: settings.revision }]);
		await tx.rows(sql`SELECT pg_notify('models', '')`);
		return settings;
	});
}

export async function newestRevision(on: Connection): Promise<ModelRevision | null> {
	const [row] = await on.rows(sql`SELECT * FROM model_revisions ORDER BY revision DESC LIMIT 1`, revisionRow);
	return row ?? null;
}

export async function findRevision(
	tx: Connection,
	revision: number,
): Promise<Pick<ModelRevision, "settings" | "origin">> {
	if (revision === 0) return { settings: initialSettings, origin: 0 };
	const [row] = await tx.rows(sql`SELECT * FROM model_revisions WHERE revision = ${revision}`, revisionRow);
	if (row !== undefined) return row;
	const reason: Fault = revision < 0 ? { code: "nothing-to-go-back-to" } : { code: "no-such-revision", revision };
	throw new BreakwaterError("not-found", { reasons: [reason] });
}

export async function listRevisions(on: Connection, limit: number): Promise<readonly ModelRevision[]> {
	return on.rows(sql`SELECT * FROM model_revisions ORDER BY revision DESC LIMIT ${limit}`, revisionRow);
}
