import type { Platform } from "../../../core/ports/platform-store.ts";

/** Both columns are null, or neither is: the tables see to it. */
export function toWebhook(url: string | null, secret: string | null): Platform["webhook"] {
	return url === null || secret === null ? null : { url, secret };
}
