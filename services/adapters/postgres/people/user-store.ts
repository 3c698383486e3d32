import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { userId, uuidv7 } from "../../../core/ids.ts";
import { role, type User } from "../../../core/people/user.ts";
import type { UserStore } from "../../../core/ports/user-store.ts";
import { column } from "../connection/columns.ts";
import { type Database, isUniqueViolation } from "../connection/database.ts";

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
	return {
		async create({ login, displayName, roles, passwordHash, isPasswordFirst = false }) {
			const id = userId.parse(uuidv7(Date.now()));
			try {
				await database.rows(
					sql`INSERT INTO users (id, login, display_name, roles, password_hash, is_password_first)
						VALUES (${id}, ${login}, ${displayName}, ${[...roles]}::text[], ${passwordHash}, ${isPasswordFirst})`,
				);
			} catch (error) {
				if (isUniqueViolation(error))
					throw new BreakwaterError("name-taken", { detail: "there is such a login already", cause: error });
				throw error;
			}
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
		setPassword: (id, passwordHash, { keptSession = new Uint8Array(), isPasswordFirst = false } = {}) =>
			database.transaction(async (tx) => {
				await tx.rows(
					sql`UPDATE users SET password_hash = ${passwordHash}, is_password_first = ${isPasswordFirst} WHERE id = ${id}`,
				);
				await tx.rows(sql`DELETE FROM sessions WHERE user_id = ${id} AND token_hash <> ${Buffer.from(keptSession)}`);
			}),
		async setRoles(id, roles) {
			await database.rows(sql`UPDATE users SET roles = ${[...roles]}::text[] WHERE id = ${id}`);
		},
		async setDisabled(id, isDisabled) {
			await database.rows(sql`UPDATE users SET is_disabled = ${isDisabled} WHERE id = ${id}`);
			if (isDisabled) await database.rows(sql`DELETE FROM sessions WHERE user_id = ${id}`);
		},
		async openSession({ tokenHash, userId: id, now, expiresAt, endsAt }) {
			await database.rows(sql`DELETE FROM sessions WHERE ends_at < ${now} OR expires_at < ${now}`);
			await database.rows(
				sql`INSERT INTO sessions (token_hash, user_id, created_at, expires_at, ends_at)
					VALUES (${Buffer.from(tokenHash)}, ${id}, ${now}, ${expiresAt}, ${endsAt})`,
			);
		},
		async useSession(tokenHash, now, extendTo) {
			const [row] = await database.rows(
				sql`UPDATE sessions SET expires_at = LEAST(COALESCE(${extendTo}::timestamptz, expires_at), ends_at) FROM users
					WHERE token_hash = ${Buffer.from(tokenHash)} AND expires_at > ${now} AND users.id = sessions.user_id AND NOT users.is_disabled
					RETURNING ${columns}`,
				userRow,
			);
			return row === undefined ? null : toUser(row);
		},
		async closeSession(tokenHash) {
			await database.rows(sql`DELETE FROM sessions WHERE token_hash = ${Buffer.from(tokenHash)}`);
		},
	};
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
