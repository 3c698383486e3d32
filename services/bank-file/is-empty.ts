/** What a format leaves out is undefined, null or a blank text. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}
