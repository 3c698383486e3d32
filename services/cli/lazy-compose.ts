// The composition, loaded by the commands that need it: help and usage errors answer without waiting for decoders and drivers.
import type { Parts } from "../composition/parts.ts";
import type { Scanner } from "./compose.ts";

export async function withParts<T>(use: (parts: Parts) => Promise<T>): Promise<T> {
	const composition = await import("./compose.ts");
	return composition.withParts(use);
}

export async function openScanner(options: { readonly withModel: boolean }): Promise<Scanner> {
	const composition = await import("./compose.ts");
	return composition.openScanner(options);
}

export async function hashPassword(password: string): Promise<string> {
	const composition = await import("./compose.ts");
	return composition.hashPassword(password);
}
