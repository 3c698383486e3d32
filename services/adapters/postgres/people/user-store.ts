import { sql } from "kysely";
import { z } from "zod";
import { type Doer, machine } from "../../../core/acts/doer.ts";
import { userId, uuidv7 } from "../../../core/ids.ts";
import { role, type User } from "../../../core/people/user.ts";
import type { UserStore } from "../../../core/ports/user-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { sessionRows } from "./session-rows.ts";

const userRow = z.object({
	id: userId,
	login: column.text,
	display_name: column.text,
	roles: z.array(role),
	is_disabled: column.flag,
	is_password_first: column.flag,
});

const columns = sql.raw(
	"users.id, users.login, users.display_name, users.roles, users.is_disabled, users.is_password_first",
);

export function createUserStore(database: Database): UserStore {
	/** Changes somebody who is there; with the change end those of their sessions that are named. */
	const change = (
		id: User["id"],
		set: ReturnType<typeof sql>,
		told: (login: string) => NewAct,
		ended: ReturnType<typeof sql> = sql`false`,
	): Promise<void> =>
		database.transaction(async (tx) => {
			const changed = await tx.rows(
				sql`UPDATE users SET ${set} WHERE id = ${id} RETURNING login`,
				z.object({ login: column.text }),
			);
			await tx.rows(sql`DELETE FROM sessions WHERE user_id = ${id} AND ${ended}`);
			await appendActs(
				tx,
				changed.map(({ login }) => told(login)),
			);
		});
	return {
		async create({ login, displayName, roles, passwordHash, isPasswordFirst = false, by = machine }) {
			const id = userId.parse(uuidv7(Date.now()));
			await unlessTaken("there is such a login already", () =>
				database.transaction(async (tx) => {
					await tx.rows(
						sql`INSERT INTO users (id, login, display_name, roles, password_hash, is_password_first)
							VALUES (${id}, ${login}, ${displayName}, ${[...roles]}::text[], ${passwordHash}, ${isPasswordFirst})`,
					);
					await appendActs(tx, [{ what: "person-added", on: id, by, details: { login, roles: [...roles] } }]);
				}),
			);
			return { id, login, displayName, roles, isDisabled: false, isPasswordFirst };
		},
		list: async () => (await database.rows(sql`SELECT ${columns} FROM users ORDER BY login`, userRow)).map(toUser),
		async find(id) {
			const [row] = await database.rows(sql`SELECT ${columns} FROM users WHERE id = ${id}`, userRow);
			return row === undefined ? null : toUser(row);
		},
		async findForLogin(login) {
			const [row] = await database.rows(
				sql`SELECT ${columns}, password_hash FROM users WHERE login = ${login}`,
				userRow.extend({ password_hash: column.text }),
			);
			return row === undefined ? null : { user: toUser(row), passwordHash: row.password_hash };
		},
		setPassword: (id, passwordHash, { keptSession = new Uint8Array(), isPasswordFirst = false, by = machine } = {}) =>
			change(
				id,
				sql`password_hash = ${passwordHash}, is_password_first = ${isPasswordFirst}`,
				(login) => ({ what: "password-set", on: id, by, details: { login, isFirst: isPasswordFirst } }),
				sql`token_hash <> ${Buffer.from(keptSession)}`,
			),
		setRoles: (id, roles, by = machine) =>
			change(id, sql`roles = ${[...roles]}::text[]`, (login) => ({
				...{ what: "person-roles-set", on: id, by, details: { login, roles: [...roles] } },
			})),
		setDisabled: (id, isDisabled, by = machine) =>
			change(
				id,
				sql`is_disabled = ${isDisabled}`,
				(login) => ({ what: isDisabled ? "person-disabled" : "person-enabled", on: id, by, details: { login } }),
				sql`${isDisabled}`,
			),
		...sessions(database),
	};
}

function sessions(database: Database): ReturnType<typeof sessionRows<User, z.infer<typeof userRow>>> {
	return sessionRows(database, {
		...{ table: "sessions", holders: sql.raw("users"), columns, row: userRow, toHolder: toUser },
		idOf: (text) => userId.parse(text),
		mayUse: sql`users.id = used.user_id AND NOT users.is_disabled`,
		told: (_tx, id, isComing) => ({
			...{ what: isComing ? "logged-in" : "logged-out", on: id, by: person(id), details: {} },
		}),
	});
}

function person(userId: User["id"]): Doer {
	return { kind: "person", userId };
}

function toUser(row: z.infer<typeof userRow>): User {
	const { id, login, roles } = row;
	return {
		...{ id, login, roles },
		displayName: row.display_name,
		isDisabled: row.is_disabled,
		isPasswordFirst: row.is_password_first,
	};
}
