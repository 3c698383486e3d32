// The composition, loaded by the commands that need it: help and usage errors answer without waiting for decoders and drivers.
import type { DeliveryOutcome } from "../core/ports/platform-client.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { Parts } from "../parts/parts.ts";
import type * as Compose from "./compose.ts";
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

export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
	const composition = await import("./compose.ts");
	return composition.verifyPassword(stored, password);
}

export async function listModels(): ReturnType<typeof Compose.listModels> {
	const composition = await import("./compose.ts");
	return composition.listModels();
}

export async function checkModel(id: string): ReturnType<typeof Compose.checkModel> {
	const composition = await import("./compose.ts");
	return composition.checkModel(id);
}

export async function testWebhook(platform: Platform): Promise<DeliveryOutcome> {
	const composition = await import("./compose.ts");
	return composition.testWebhook(platform);
}
