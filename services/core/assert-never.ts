/** Makes a switch over a union exhaustive at compile time, and loud at run time should unparsed data reach it. */
export function assertNever(value: never): never {
	throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
