// What a password must be, wherever somebody chooses one.

/** In characters. */
export const shortestPassword = 12;
export const longestPassword = 1024;

/** Null where it may be used. */
export function passwordFault(password: string): string | null {
	if (password.length > longestPassword) return `a password has at most ${longestPassword} characters`;
	return [...password].length < shortestPassword ? `a password has at least ${shortestPassword} characters` : null;
}
