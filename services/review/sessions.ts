// Who is asking: logins, sessions and the CSRF token that goes with each. A session's token exists only in the person's cookie;
// the record keeps its SHA-256.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { BreakwaterError } from "../core/errors.ts";
import { passwordFault } from "../core/people/password.ts";
import type { User } from "../core/people/user.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { PasswordHasher } from "../core/ports/password-hasher.ts";
import type { UserStore } from "../core/ports/user-store.ts";

export interface Session {
	readonly user: User;
	readonly tokenHash: Uint8Array;
	readonly csrfToken: string;
}

export interface Sessions {
	readonly idleMs: number;
	readonly maxMs: number;
	/** Throws `bad-login`, the same and after the same work for an unknown login, a wrong password and a disabled account. */
	open(login: string, password: string): Promise<{ readonly token: string; readonly session: Session }>;
	/** Null where the session has ended. `isUse` moves its idle limit; what a page does by itself is no use. */
	find(token: string, isUse: boolean): Promise<Session | null>;
	isOpen(session: Session): Promise<boolean>;
	/** The password again, for what must not be done by whoever finds an unlocked screen. Throws `bad-login`. */
	confirm(session: Session, password: string): Promise<void>;
	/** Throws `bad-login` where the former password is wrong, `weak-password` where the new one may not be used. The person's other sessions end. */
	changePassword(session: Session, former: string, next: string): Promise<void>;
	close(session: Session): Promise<void>;
}

export interface SessionDeps {
	readonly users: Pick<UserStore, "findForLogin" | "openSession" | "useSession" | "closeSession" | "setPassword">;
	readonly passwords: PasswordHasher;
	readonly clock: Clock;
	readonly idleMs: number;
	readonly maxMs: number;
}

const tokenBytes = 32;

export function createSessions({ users, passwords, clock, idleMs, maxMs }: SessionDeps): Sessions {
	const check = async (login: string, password: string): Promise<User> => {
		const found = await users.findForLogin(login.trim().toLowerCase());
		const isRight = await passwords.verify(found?.passwordHash ?? null, password);
		if (!isRight || found === null || found.user.isDisabled) throw new BreakwaterError("bad-login");
		return found.user;
	};
	const after = (ms: number) => new Date(clock.now() + ms);
	return {
		idleMs,
		maxMs,
		async open(login, password) {
			const user = await check(login, password);
			const token = randomBytes(tokenBytes).toString("base64url");
			const session = toSession(token, user);
			const { tokenHash } = session;
			await users.openSession({
				tokenHash,
				userId: user.id,
				now: after(0),
				expiresAt: after(Math.min(idleMs, maxMs)),
				endsAt: after(maxMs),
			});
			return { token, session };
		},
		async find(token, isUse) {
			const user = await users.useSession(sha256(token), after(0), isUse ? after(idleMs) : null);
			return user === null ? null : toSession(token, user);
		},
		isOpen: async ({ tokenHash }) => (await users.useSession(tokenHash, after(0), null)) !== null,
		async confirm({ user }, password) {
			await check(user.login, password);
		},
		async changePassword({ user, tokenHash }, former, next) {
			await check(user.login, former);
			const fault = next === former ? ({ code: "password-unchanged" } as const) : passwordFault(next, user.login);
			if (fault !== null) throw new BreakwaterError("weak-password", { reasons: [fault] });
			await users.setPassword(user.id, await passwords.hash(next), {
				keptSession: tokenHash,
				by: { kind: "person", userId: user.id },
			});
		},
		close: ({ tokenHash }) => users.closeSession(tokenHash),
	};
}

export function isCsrfToken(session: Session, given: unknown): boolean {
	if (typeof given !== "string") return false;
	const [ours, theirs] = [Buffer.from(session.csrfToken), Buffer.from(given)];
	return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** The CSRF token follows from the session's: nothing more to keep, and no way back. */
function toSession(token: string, user: User): Session {
	const tokenHash = sha256(token);
	const csrfToken = sha256(`csrf\0${token}`).toString("base64url");
	return { user, tokenHash, csrfToken };
}

function sha256(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
