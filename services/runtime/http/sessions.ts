// Who is asking: logins, sessions and the CSRF token that goes with each. A session's token exists only in the person's cookie;
// the record keeps its SHA-256.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { BreakwaterError } from "../../core/errors.ts";
import type { User } from "../../core/people/user.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PasswordHasher } from "../../core/ports/password-hasher.ts";
import type { Account, SessionStore } from "../../core/ports/session-store.ts";

export interface Session<A extends Account = User> {
	readonly user: A;
	readonly tokenHash: Uint8Array;
	readonly csrfToken: string;
}

export interface Sessions<A extends Account = User> {
	readonly idleMs: number;
	readonly maxMs: number;
	/** Throws `bad-login`, the same and after the same work for an unknown login, a wrong password, a disabled account; and for a wrong code. */
	open(
		login: string,
		password: string,
		code?: string,
	): Promise<{ readonly token: string; readonly session: Session<A> }>;
	/** Null where the session has ended. `isUse` moves its idle limit; what a page does by itself is no use. */
	find(token: string, isUse: boolean): Promise<Session<A> | null>;
	isOpen(session: Session<A>): Promise<boolean>;
	/** The password again, for what must not be done by whoever finds an unlocked screen. */
	isPassword(session: Session<A>, password: string): Promise<boolean>;
	/** As {@link isPassword}; throws `bad-login`. */
	confirm(session: Session<A>, password: string): Promise<void>;
	close(session: Session<A>): Promise<void>;
}

export interface SessionDeps<A extends Account = User> {
	readonly users: SessionStore<A>;
	readonly passwords: PasswordHasher;
	readonly clock: Clock;
	readonly idleMs: number;
	readonly maxMs: number;
	/** Asked once the password was right; without it none is needed. */
	readonly secondFactor?: (account: A, code: string) => Promise<boolean>;
}

const tokenBytes = 32;

export function createSessions<A extends Account>(deps: SessionDeps<A>): Sessions<A> {
	const { users, passwords, clock, idleMs, maxMs, secondFactor = async () => true } = deps;
	/** Null where login and password are not those of an account that is open. */
	const check = async (login: string, password: string): Promise<A | null> => {
		const found = await users.findForLogin(login.trim().toLowerCase());
		const isRight = await passwords.verify(found?.passwordHash ?? null, password);
		return !isRight || found === null || found.user.isDisabled ? null : found.user;
	};
	const isPassword = async ({ user }: Session<A>, password: string) => (await check(user.login, password)) !== null;
	const after = (ms: number) => new Date(clock.now() + ms);
	return {
		isPassword,
		idleMs,
		maxMs,
		async open(login, password, code = "") {
			const user = await check(login, password);
			if (user === null || !(await secondFactor(user, code))) throw new BreakwaterError("bad-login");
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
		async confirm(session, password) {
			if (!(await isPassword(session, password))) throw new BreakwaterError("bad-login");
		},
		close: ({ tokenHash }) => users.closeSession(tokenHash),
	};
}

export function isCsrfToken(session: Pick<Session, "csrfToken">, given: unknown): boolean {
	if (typeof given !== "string") return false;
	const [ours, theirs] = [Buffer.from(session.csrfToken), Buffer.from(given)];
	return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** The CSRF token follows from the session's: nothing more to keep, and no way back. */
function toSession<A extends Account>(token: string, user: A): Session<A> {
	const tokenHash = sha256(token);
	const csrfToken = sha256(`csrf\0${token}`).toString("base64url");
	return { user, tokenHash, csrfToken };
}

function sha256(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
