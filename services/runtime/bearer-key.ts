// The keys by which platforms, reporters and authorities are known: what one looks like, how one is made, and the hash by which the record
// finds its holder. Keys are kept as SHA-256: how long a look-up takes says nothing about a key that is 256 random bits.
import { createHash, randomBytes } from "node:crypto";

/** A key of one holder opens nothing to another. */
const kinds = {
	platform: { prefix: "bw", form: formOf("bw"), named: "a key of a platform" },
	reporter: { prefix: "bwr", form: formOf("bwr"), named: "a key of a reporter" },
	authority: { prefix: "bwa", form: formOf("bwa"), named: "the key of an authority" },
} as const;
export type KeyHolderKind = keyof typeof kinds;

function formOf(prefix: string): RegExp {
	return new RegExp(`^Bearer +(${prefix}_[a-z0-9][a-z0-9-]{0,62}_[\\w-]{43})$`, "i");
}

/** Told once and kept by nobody here; `name` lets its holder tell it from others. */
export function newKey(of: KeyHolderKind, name: string): string {
	return `${kinds[of].prefix}_${name}_${randomBytes(32).toString("base64url")}`;
}

export function hashOfKey(key: string): Buffer {
	return createHash("sha256").update(key).digest();
}

/** Reads the hash of the key in an `Authorization` header; null where there is none of such a holder. */
export function keyHashIn(authorization: string | undefined, of: KeyHolderKind): Buffer | null {
	const key = kinds[of].form.exec(authorization ?? "")?.[1];
	return key === undefined ? null : hashOfKey(key);
}

/** What to send instead, for whoever is not known. */
export function keyHint(of: KeyHolderKind): string {
	const { prefix, named } = kinds[of];
	return `send ${named} that is enabled, as: Authorization: Bearer ${prefix}_<${of}>_<43 characters>`;
}
