import { BreakwaterError } from "../core/errors.ts";
import { errorCode } from "./error-code.ts";

/** The machine's own limits: full, over a quota, out of file descriptors, failing, or read-only since it failed. */
const resourceCodes: ReadonlySet<string> = new Set([
	...["ENOSPC", "EDQUOT", "EFBIG", "EMFILE", "ENFILE", "ENOMEM", "EIO", "EROFS", "ESTALE", "ETIMEDOUT"],
]);

/** No fault of the object: what had to be written waits until there is room. */
export function asStoreError(error: unknown): unknown {
	if (!resourceCodes.has(errorCode(error) ?? "")) return error;
	return new BreakwaterError("store-unavailable", { detail: "the media store cannot be used now", cause: error });
}
