// The whole system in this process, on a database of its own, with a platform that receives its orders.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BankSettings, newBankDefaults } from "../../services/core/banks/bank.ts";
import type { BankId } from "../../services/core/ids.ts";
import type { Platform } from "../../services/core/ports/platform-store.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { openParts, type PartOverrides, type Parts } from "../../services/parts/parts.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { composeRoles, type RoleOverrides, type Roles } from "../../services/standalone/compose.ts";
import { type RoleName, roleNames } from "../../services/standalone/roles.ts";
import { createTestDatabase } from "./test-database.ts";

export interface TestSystem extends AsyncDisposable {
	readonly databaseUrl: string;
	readonly parts: Parts;
	readonly roles: Roles;
	readonly platform: Platform;
	readonly sample: SamplePlatform;
	readonly apiKey: string;
	urlOf(role: RoleName): string;
	/** Known hashes, verified here. */
	createBank(settings?: Partial<BankSettings>): Promise<BankId>;
}

export interface TestSystemOptions extends RoleOverrides {
	readonly roles?: readonly RoleName[];
	readonly env?: Readonly<Record<string, string>>;
	readonly parts?: Pick<PartOverrides, "signalCatalogue" | "textHashes" | "clock">;
}

export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
	const closing = createClosing();
	const folder = await mkdtemp(join(tmpdir(), "breakwater-system-"));
	closing.keep({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
	const database = closing.keep(await createTestDatabase());
	const config = readConfig({
		BREAKWATER_DATABASE_URL: database.url,
		BREAKWATER_DATA_DIR: folder,
		BREAKWATER_INTAKE_PORT: "0",
		BREAKWATER_DETECTOR_PORT: "0",
		BREAKWATER_TAKEDOWN_PORT: "0",
		BREAKWATER_REVIEW_PORT: "0",
		BREAKWATER_PORTAL_PORT: "0",
		BREAKWATER_MODEL_BACKEND: "off",
		BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
		BREAKWATER_TOPIC_PARTITIONS: "2",
		BREAKWATER_DRAIN_MS: "3000",
		...options.env,
	});
	const parts = closing.keep(await openParts(config, "test", { logger: silentLogger, ...options.parts }));
	const sample = closing.keep(await startSamplePlatform(join(folder, "platform-port")));
	const { platform, apiKey } = await registerPlatform(parts, sample);
	const roles = await composeRoles(parts, options.roles ?? roleNames, options);
	for (const role of Object.values(roles)) {
		closing.keep(role);
		await role.start(new AbortController().signal);
	}
	return {
		databaseUrl: database.url,
		parts,
		roles,
		platform,
		sample,
		apiKey,
		urlOf: (role) => roles[role]?.url() ?? "",
		async createBank(settings = {}) {
			const base = { ...newBankDefaults, kind: "known", category: "test-category", trusted: true } as const;
			const { id } = await parts.stores.banks.create({ name: `bank-${randomUUID()}`, ...base, ...settings }, "test");
			return id;
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

async function registerPlatform(
	parts: Parts,
	sample: SamplePlatform,
): Promise<{ readonly platform: Platform; readonly apiKey: string }> {
	const secret = `whsec_${randomBytes(24).toString("base64")}`;
	sample.useSecret(secret);
	const name = `forum-${randomUUID().slice(0, 8)}`;
	const platform = await parts.stores.platforms.create({
		name,
		source: `//${name}.example`,
		webhook: { url: sample.url, secret },
		mediaHosts: [],
	});
	const apiKey = newKey("platform", name);
	await parts.stores.platforms.addKey(platform.id, hashOfKey(apiKey), "test");
	return { platform, apiKey };
}
