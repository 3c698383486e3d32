// The queue on a real Redis that asks for TLS and a password. Out of scope: what the queue does (bullmq-redis.test.ts).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { createCertificate } from "../faults/create-certificate.ts";
import { acceptsConnections, startServerProcess } from "../support/servers/server-process.ts";

const closing = createClosing();
let port: number;
let caFile: string;
beforeAll(async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-redis-tls-"));
	closing.keep({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
	({ certFile: caFile } = await createCertificate(folder, "IP:127.0.0.1"));
	port = await freePort();
	const tls = [
		"--tls-port",
		String(port),
		"--tls-cert-file",
		caFile,
		"--tls-key-file",
		caFile.replace("cert.pem", "key.pem"),
	];
	const server = await startServerProcess({
		command: "redis-server",
		args: [
			...tls,
			"--port",
			"0",
			"--tls-auth-clients",
			"no",
			"--requirepass",
			"quiet",
			"--bind",
			"127.0.0.1",
			"--dir",
			folder,
		],
		cwd: folder,
		logFile: join(folder, "redis.log"),
		isServing: () => acceptsConnections(port),
	});
	closing.keep({ [Symbol.asyncDispose]: () => server.end("SIGTERM") });
}, 60_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

const check = async (url: string, ca: string | null) => {
	await using queue = await createJobQueue({ backend: { kind: "redis", url, caFile: ca }, logger: silentLogger });
	await queue.check();
	return "answers";
};

test("is reached where the authority is named and the password right", async () => {
	expect(await check(`rediss://:quiet@127.0.0.1:${port}`, caFile)).toBe("answers");
}, 60_000);

test("is not reached with a certificate that nobody vouches for, nor without TLS", async () => {
	await expect(check(`rediss://:quiet@127.0.0.1:${port}`, null)).rejects.toThrow();
	await expect(check(`redis://:quiet@127.0.0.1:${port}`, null)).rejects.toThrow();
}, 60_000);
