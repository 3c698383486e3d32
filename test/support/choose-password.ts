// What a person does at the first login, over the review API.
import { csrfHeader } from "../../services/core/wire/review-api.ts";

export const chosenPassword = "correct horse battery staple";

/** In place of the one that `user add` printed. */
export async function choosePassword(review: string, login: string, first: string): Promise<void> {
	const url = `${review}/api/session`;
	const session = await send(url, "POST", {}, { login, password: first });
	const cookie = (session.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
	const { csrfToken } = (await session.json()) as { readonly csrfToken: string };
	const body = { password: first, newPassword: chosenPassword };
	await send(`${url}/password`, "PUT", { cookie, [csrfHeader]: csrfToken }, body);
}

async function send(url: string, method: string, headers: Readonly<Record<string, string>>, body: object) {
	const answer = await fetch(url, {
		method,
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`${method} of a session: ${answer.status}`);
	return answer;
}
