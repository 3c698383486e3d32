import { rmSync } from "node:fs";

export default async function stopPostgres(): Promise<void> {
	const shared = globalThis.breakwaterTestServer;
	if (shared === undefined) return;
	shared.users -= 1;
	if (shared.users > 0) return;
	globalThis.breakwaterTestServer = undefined;
	await shared.server[Symbol.asyncDispose]();
	rmSync(shared.folder, { recursive: true, force: true });
}
