// Passwords with argon2id (RFC 9106), on libuv's threads.
import { hash, type Options, verify } from "@node-rs/argon2";
import type { PasswordHasher } from "../../core/ports/password-hasher.ts";

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. The variant is the library's default. */
const parameters: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize("NFKC"), parameters);
}

export function createPasswordHasher(): PasswordHasher {
	// Made once, with today's parameters, so that an unknown login takes as long as a known one.
	const nobody = hashPassword("nobody's password");
	return {
		hash: hashPassword,
		async verify(stored, password) {
			const isRight = await verify(stored ?? (await nobody), password.normalize("NFKC"));
			return stored !== null && isRight;
		},
	};
}
