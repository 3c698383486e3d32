// Who may log in for an authority. It has a second factor: until that is set up, and the first password is changed, nothing else is open to it.
import type { AuthorityAccountId } from "../ids.ts";
import type { Authority } from "../ports/authority-store.ts";

export interface AuthorityAccount {
	readonly id: AuthorityAccountId;
	readonly login: string;
	readonly authority: Authority;
	/** The account, or its authority as a whole. */
	readonly isDisabled: boolean;
	/** Somebody else chose the password. */
	readonly isPasswordFirst: boolean;
	readonly hasFactor: boolean;
}

export function isSetUp({ isPasswordFirst, hasFactor }: AuthorityAccount): boolean {
	return hasFactor && !isPasswordFirst;
}

/** A way in for whoever has lost their phone: each opens once. */
export const recoveryCodes = { count: 8, characters: 16 } as const;

export type TypedCode =
	| { readonly kind: "one-time"; readonly code: string }
	| { readonly kind: "recovery"; readonly code: string };

/** Null where it can be neither. Spaces, dashes and small letters are as people type them. */
export function readCode(typed: string): TypedCode | null {
	const code = typed.replace(/[\s-]/g, "").toUpperCase();
	if (/^\d{6}$/.test(code)) return { kind: "one-time", code };
	return code.length === recoveryCodes.characters && /^[A-Z2-7]+$/.test(code) ? { kind: "recovery", code } : null;
}
