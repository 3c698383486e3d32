import { BreakwaterError } from "../../core/errors.ts";

/** Keys are ours, but may have travelled through a platform's event: nothing may lead out of the store. Answers the key. */
export function checkMediaKey(key: string): string {
	if (
		!/^[A-Za-z0-9][A-Za-z0-9/_.=-]*$/.test(key) ||
		key.split("/").some((part) => part === "" || part.startsWith("."))
	) {
		throw new BreakwaterError("malformed-request", { detail: "objectKey: not a key of this store" });
	}
	return key;
}
