// The console's files as the review process serves them, from a folder that stands for a build.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { registerConsole } from "../../../services/review/console-files.ts";
import { createHttpServer, type HttpServer } from "../../../services/runtime/http/server.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";

let folder: string;
let server: HttpServer;
const open = async (consoleFolder: string): Promise<HttpServer> => {
	const opened = await createHttpServer({
		api: { title: "Sample", version: "1", description: "", securitySchemes: {} },
		...{ logger: silentLogger, metrics: createMetrics("test"), bodyLimitBytes: 100, requestTimeoutMs: 1_000 },
		health: async () => ({ isReady: true, parts: {} }),
	});
	await registerConsole(opened, consoleFolder);
	return opened;
};
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-console-"));
	await mkdir(join(folder, "assets"));
	await writeFile(join(folder, "index.html"), "<!doctype html><title>console</title>");
	await writeFile(join(folder, "assets", "index-abc.js"), "export {};");
	await writeFile(join(folder, "secret.txt"), "not an asset");
	server = await open(folder);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

describe("the console's page", () => {
	it("runs nothing but its own files, talks to nobody else, and cannot be framed", async () => {
		const { statusCode, headers, body } = await server.inject("/");
		expect([statusCode, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
		expect(body).toContain("<title>console</title>");
		const policy = String(headers["content-security-policy"]);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("script-src 'self'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toMatch(/unsafe|https?:|data:|blob:|\*/);
	});

	it("is read anew each time, so that a new version arrives; its hashed assets are kept", async () => {
		expect((await server.inject("/")).headers["cache-control"]).toBe("no-store");
		const asset = await server.inject("/assets/index-abc.js");
		expect(asset.headers["content-type"]).toMatch(/javascript/);
		expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
	});

	it.each([
		"/assets/missing.js",
		"/assets/../secret.txt",
		"/assets/..%2fsecret.txt",
		"/assets/%2e%2e/secret.txt",
		"/secret.txt",
	])("does not let %s out", async (url) => {
		const { statusCode, headers, body } = await server.inject(url);
		expect([400, 403, 404]).toContain(statusCode);
		expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
		expect(headers["cache-control"]).toBe("no-store");
		expect(body).not.toContain("not an asset");
	});

	it("says how it is built where it is not", async () => {
		const without = await open(join(folder, "nowhere"));
		const { statusCode, body } = await without.inject("/");
		expect(statusCode).toBe(404);
		expect(body).toContain("npm run build");
		await without.close();
	});
});
