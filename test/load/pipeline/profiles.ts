// The two profiles on this machine: what to start, and with which settings.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { startKafka } from "../../support/servers/start-kafka.ts";
import { startPostgresServer } from "../../support/servers/start-postgres-server.ts";
import { startRedis } from "../../support/servers/start-redis.ts";
import { command, type RunningProcess, startRoles } from "./processes.ts";

export type ProfileName = "embedded" | "cluster";

export interface RunningProfile extends AsyncDisposable {
	readonly env: Readonly<Record<string, string>>;
	readonly intakeUrl: string;
	readonly processes: readonly RunningProcess[];
}

const roles = ["takedown", "detector", "review", "intake"] as const;

export async function startProfile(
	name: ProfileName,
	folder: string,
	extra: Readonly<Record<string, string>>,
): Promise<RunningProfile> {
	const ports = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await freePort()] as const)));
	await mkdir(folder, { recursive: true });
	const env: Record<string, string> = {
		BREAKWATER_DATA_DIR: folder,
		BREAKWATER_LOG_LEVEL: "warn",
		BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
		...Object.fromEntries(roles.map((role) => [`BREAKWATER_${role.toUpperCase()}_PORT`, String(ports[role])])),
		...extra,
	};
	const urlOf = (role: string) => `http://127.0.0.1:${ports[role]}`;
	const servers: { stop(): Promise<void> }[] = [];
	const processes: RunningProcess[] = [];
	if (name === "cluster") {
		const [kafka, redis, postgres] = await Promise.all([startKafka(), startRedis(), startPostgresServer()]);
		servers.push(kafka, redis, postgres);
		Object.assign(env, {
			BREAKWATER_PROFILE: "cluster",
			BREAKWATER_DATABASE_URL: postgres.url,
			BREAKWATER_KAFKA_BROKERS: kafka.broker,
			BREAKWATER_REDIS_URL: redis.url,
		});
		await command(["topics", "create"], env);
		for (const role of roles) processes.push(await startRoles(role, env, urlOf(role), join(folder, `${role}.log`)));
	} else {
		processes.push(await startRoles(roles.join(","), env, urlOf("intake"), join(folder, "standalone.log")));
	}
	return {
		env,
		intakeUrl: urlOf("intake"),
		processes,
		async [Symbol.asyncDispose]() {
			for (const one of [...processes].reverse()) await one[Symbol.asyncDispose]();
			await Promise.all(servers.map((server) => server.stop()));
		},
	};
}
