// Somebody logged in at the review API, by plain HTTP.
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import type { Role } from "../../services/core/people/user.ts";
import type { UserStore } from "../../services/core/ports/user-store.ts";

const password = "seven quiet lamps in a row";

export async function addPerson(users: Pick<UserStore, "create">, login: string, role: Role = "reviewer") {
	return users.create({ login, displayName: login, roles: [role], passwordHash: await hashPassword(password) });
}

export async function logInAt(base: string, login: string) {
	const json = { "content-type": "application/json" };
	const session = await fetch(`${base}/api/session`, {
		...{ method: "POST", headers: json, body: JSON.stringify({ login, password }) },
	});
	const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
	const { csrfToken } = JSON.parse(await session.text());
	return async (method: string, path: string, body?: object) => {
		const headers = { ...(body === undefined ? {} : json), cookie, "x-breakwater-csrf": csrfToken };
		const answer = await fetch(`${base}${path}`, {
			...{ method, headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return { status: answer.status, json: answer.status === 204 ? null : JSON.parse(await answer.text()) };
	};
}
export type ReviewVisitor = Awaited<ReturnType<typeof logInAt>>;
