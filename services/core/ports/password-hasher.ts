/** Slow on purpose, and off the event loop. Passwords are normalized (NFKC), so that every keyboard types the same one. */
export interface PasswordHasher {
	/** Self-describing: parameters and salt are part of the answer. */
	hash(password: string): Promise<string>;
	/** `hash` null stands for an account that does not exist: takes as long, answers false. */
	verify(hash: string | null, password: string): Promise<boolean>;
}
