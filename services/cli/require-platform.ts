import type { Platform } from "../core/ports/platform-store.ts";
import type { Parts } from "../parts/parts.ts";
import { unknownId } from "./unknown-id.ts";

/** The platform of that name; where there is none, an error that says where to look. */
export async function requirePlatform(
	{ platforms }: Pick<Parts["stores"], "platforms">,
	name: string,
): Promise<Platform> {
	const found = (await platforms.list()).find((one) => one.name === name);
	if (found === undefined) throw unknownId({ what: "platform", list: "platform list" }, name);
	return found;
}
