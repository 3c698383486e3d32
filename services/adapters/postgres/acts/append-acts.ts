// The one way to write that somebody did or saw something: in the transaction of its effect.
import { sql } from "kysely";
import { z } from "zod";
import { type ActActor, type Said, writeAct } from "../../../core/acts/act.ts";
import { actorNamed, type Doer } from "../../../core/acts/doer.ts";
import type { caseAct } from "../../../core/acts/kinds/case-acts.ts";
import { type UserId, userId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** The code says on what kind of thing it is done; `on` is that thing's id. */
export type NewAct = Said & {
	readonly by: Doer;
	readonly on: string;
	/** Default now. */
	readonly at?: Date;
	readonly reason?: string | null;
	readonly revision?: number | null;
};

/** TypeScript does not see that the fields of a case's event hold its act's details; they are parsed as such where the act is written. */
type CaseAct = ReturnType<typeof caseAct> & Pick<NewAct, "on" | "by" | "at">;

/** All that is stuck may be discarded at once. */
const actsPerStatement = 5_000;

/** After the rows that it is about are locked or written: then acts on one thing stand in the order in which they happened to it. */
export async function appendActs(tx: Connection, acts: readonly (NewAct | CaseAct)[]): Promise<void> {
	if (acts.length === 0) return;
	const logins = await findLogins(tx, acts);
	const now = new Date();
	const bodies = acts.map(({ by, what, on, details, at = now, reason = null, revision = null }) =>
		writeAct({ at, actor: toActor(by, tx, logins), what, on, reason, revision, details }),
	);
	for (let from = 0; from < bodies.length; from += actsPerStatement) {
		const some = JSON.stringify(bodies.slice(from, from + actsPerStatement));
		await tx.rows(
			sql`INSERT INTO acts_due (body) SELECT body FROM jsonb_array_elements_text(${some}::jsonb) WITH ORDINALITY AS r (body, n) ORDER BY n`,
		);
	}
}

interface Logins {
	readonly byId: ReadonlyMap<UserId, string>;
	readonly byLogin: ReadonlyMap<string, UserId>;
}

const none: Logins = { byId: new Map(), byLogin: new Map() };

/** Machines' acts are many, and ask for no name. */
async function findLogins(tx: Connection, acts: readonly (NewAct | CaseAct)[]): Promise<Logins> {
	const ids = acts.flatMap(({ by }) => (by.kind === "person" ? [by.userId] : []));
	const names = tx.isCli ? [] : acts.flatMap(({ by }) => (by.kind === "named" ? [by.by] : []));
	if (ids.length + names.length === 0) return none;
	const people = await tx.rows(
		sql`SELECT id, login FROM users WHERE id = ANY (${[...new Set(ids)]}::uuid[]) OR login = ANY (${[...new Set(names)]}::text[])`,
		z.object({ id: userId, login: column.text }),
	);
	return {
		byId: new Map(people.map(({ id, login }) => [id, login])),
		byLogin: new Map(people.map(({ id, login }) => [login, id])),
	};
}

/** On the command line nobody has logged in, though a login be named. */
function personOrCli(isCli: boolean, id: UserId, name: string): ActActor {
	return isCli ? { kind: "cli", name } : { kind: "person", id, name };
}

function toActor(by: Doer, { isCli }: Connection, { byId, byLogin }: Logins): ActActor {
	switch (by.kind) {
		case "machine":
			return { kind: "machine" };
		case "person":
			return personOrCli(isCli, by.userId, byId.get(by.userId) ?? by.userId);
		case "named":
			return actorNamed(by.by, { isCli, userId: byLogin.get(by.by) ?? null });
	}
}
