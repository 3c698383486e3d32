// The receiver of alerts that Compose has by default.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

test("writes each alert as a line to its file; what is no message of Alertmanager's is refused, and writes none", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-alerts-"));
	const file = join(folder, "alerts.jsonl");
	const receiver = spawn(process.execPath, [fromPackageRoot("infra/alertmanager/write-alerts.js"), file, "0"]);
	try {
		const [line] = await once(createInterface({ input: receiver.stdout }), "line");
		const url = `http://127.0.0.1:${/port (\d+)/.exec(String(line))?.[1]}`;
		const send = async (body: string) => (await fetch(url, { method: "POST", body })).status;
		const alert = (status: string) => ({
			...{ status, labels: { alertname: "DeadLetters" }, annotations: { runbook: "dead-letters.md" } },
			...{ startsAt: "2026-11-28T20:00:00Z", endsAt: "0001-01-01T00:00:00Z", fingerprint: "x" },
		});
		expect(await send(JSON.stringify({ version: "4", alerts: [alert("firing"), alert("resolved")] }))).toBe(204);
		expect(await send("words")).toBe(500);
		const lines = (await readFile(file, "utf8")).trim().split("\n");
		expect(lines.map((one) => JSON.parse(one))).toMatchObject([
			{ status: "firing", labels: { alertname: "DeadLetters" } },
			{ status: "resolved" },
		]);
		receiver.kill("SIGTERM");
		expect(await once(receiver, "exit")).toEqual([0, null]);
	} finally {
		receiver.kill("SIGKILL");
		await rm(folder, { recursive: true, force: true });
	}
}, 30_000);
