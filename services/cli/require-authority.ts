import type { Authority, AuthorityStore } from "../core/ports/authority-store.ts";
import { unknownId } from "./unknown-id.ts";

export const listedAuthorities = { what: "authority", list: "authority list" };

export async function requireAuthority(authorities: Pick<AuthorityStore, "list">, name: string): Promise<Authority> {
	const found = (await authorities.list()).find((one) => one.name === name);
	if (found === undefined) throw unknownId(listedAuthorities, name);
	return found;
}
