/** The `code` of a system or library error, or null. Looks at the value alone: errors of another realm are not `instanceof Error`. */
export function errorCode(error: unknown): string | null {
	if (typeof error !== "object" || error === null || !("code" in error)) return null;
	return typeof error.code === "string" ? error.code : null;
}
