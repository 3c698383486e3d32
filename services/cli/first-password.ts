import { randomBytes } from "node:crypto";

/** Chosen for somebody who must choose another one at the first login. */
export function newFirstPassword(): string {
	return randomBytes(12).toString("base64url");
}
