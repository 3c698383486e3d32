import { BreakwaterError } from "../core/errors.ts";
import { passwordFault } from "../core/people/password.ts";
import type { PasswordHasher } from "../core/ports/password-hasher.ts";
import type { UserStore } from "../core/ports/user-store.ts";
import type { Session, Sessions } from "../runtime/http/sessions.ts";

export interface ChangePasswordDeps {
	readonly sessions: Pick<Sessions, "confirm">;
	readonly users: Pick<UserStore, "setPassword">;
	readonly passwords: PasswordHasher;
}

/** Throws `bad-login` where the former password is wrong, `weak-password` where the new one may not be used. The person's other sessions end. */
export async function changePassword(
	session: Session,
	{ former, next }: { readonly former: string; readonly next: string },
	{ sessions, users, passwords }: ChangePasswordDeps,
): Promise<void> {
	const { user, tokenHash } = session;
	await sessions.confirm(session, former);
	const fault = next === former ? ({ code: "password-unchanged" } as const) : passwordFault(next, user.login);
	if (fault !== null) throw new BreakwaterError("weak-password", { reasons: [fault] });
	await users.setPassword(user.id, await passwords.hash(next), {
		keptSession: tokenHash,
		by: { kind: "person", userId: user.id },
	});
}
