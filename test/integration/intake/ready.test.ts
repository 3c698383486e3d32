// Intake says that it is not ready while it could not keep what it promises to take: media in one piece, and uploads in parts.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let folder: string;
let system: TestSystem;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-ready-"));
	system = await startTestSystem({ roles: ["intake"], env: { BREAKWATER_DATA_DIR: folder } });
});
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

async function readiness() {
	const answer = await fetch(`${system.urlOf("intake")}/ready`);
	const { parts } = (await answer.json()) as { parts: Record<string, string> };
	return { status: answer.status, failing: Object.keys(parts).filter((part) => parts[part] !== "ok") };
}

test.each([
	["media", "media"],
	["uploads", "parts"],
])("where nothing can be written for %s", async (part, name) => {
	expect(await readiness()).toEqual({ status: 200, failing: [] });
	// No folder can be made where a file is.
	await rm(join(folder, name), { recursive: true });
	await writeFile(join(folder, name), "");
	expect(await readiness()).toEqual({ status: 503, failing: [part] });
	await rm(join(folder, name));
	expect(await readiness()).toEqual({ status: 200, failing: [] });
});
