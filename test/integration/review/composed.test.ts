// The review process as it is composed for real, over HTTP: health, and a picture rendered by a worker and shown to its reviewer.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { stillKey } from "../../../services/core/wire/media-key.ts";
import { newItem } from "../../support/examined-items.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;
let url: string;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["review"] });
	url = system.urlOf("review");
});
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

describe("the review process", () => {
	it("is ready once the record, the stream and the media answer", async () => {
		const answer = await fetch(`${url}/ready`);
		expect([answer.status, await answer.json()]).toEqual([
			200,
			{ status: "ok", parts: { process: "ok", record: "ok", stream: "ok", media: "ok", clock: "ok" } },
		]);
		expect(await (await fetch(`${url}/metrics`)).text()).toContain("breakwater_http_request_seconds");
	});

	it("renders a small grey picture for who holds the case, and the original's bytes stay here", async () => {
		const { parts, platform } = system;
		const login = "ana";
		const password = "correct horse battery staple";
		const passwordHash = await hashPassword(password);
		await parts.stores.users.create({ login, displayName: "Ana", roles: ["reviewer"], passwordHash });
		const mediaKey = `evidence/${randomUUID()}`;
		const original = await sharp({ create: { width: 800, height: 600, channels: 3, background: "orange" } })
			.jpeg()
			.toBuffer();
		await parts.mediaStore().put(mediaKey, original, 1_000_000);
		const item = newItem(platform.id, platform.source, { evidence: { text: null, mediaKey, mediaType: "image/jpeg" } });
		await parts.stores.verdicts.record([item]);

		const session = await fetch(`${url}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ login, password }),
		});
		const cookie = String(session.headers.get("set-cookie")).split(";")[0] ?? "";
		// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
		const { csrfToken }: any = await session.json();
		const headers = { cookie, "x-breakwater-csrf": csrfToken, "content-type": "application/json" };
		const post = async (path: string, body: object) =>
			// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
			(await (await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) })).json()) as any;
		const { case: claimed } = await post("/api/cases/next", {});
		expect(claimed.items[0].id).toBe(item.id);
		const { fence } = claimed.claim;
		const { token } = await post(`/api/cases/${claimed.id}/reveals`, { itemId: item.id, level: 2, fence });
		const picture = await fetch(`${url}/api/media/${token}`, { headers: { cookie } });
		expect(picture.headers.get("content-type")).toBe("image/webp");
		const shown = sharp(Buffer.from(await picture.arrayBuffer()));
		const { width, format } = await shown.metadata();
		expect([format, width < 800]).toEqual(["webp", true]);
		const { channels } = await shown.stats();
		const [red, green, blue] = channels.map(({ mean }) => Math.round(mean));
		expect([green, blue]).toEqual([red, red]);

		// A video is seen by its stills, on one sheet.
		const videoKey = `evidence/${randomUUID()}`;
		const stillsMs = [0, 1_000, 2_000, 3_000, 4_000];
		for (const atMs of stillsMs) await parts.mediaStore().put(stillKey(videoKey, atMs), original, 1_000_000);
		const video = newItem(platform.id, platform.source, {
			evidence: { text: null, mediaKey: videoKey, mediaType: "video/mp4", video: { durationMs: 5_000, stillsMs } },
		});
		await parts.stores.verdicts.record([video]);
		const { case: next } = await post("/api/cases/next", {});
		expect(next.items[0].video).toEqual({ durationMs: 5_000, stillsMs });
		const asked = { itemId: video.id, level: 3, fence: next.claim.fence };
		const { token: sheetToken } = await post(`/api/cases/${next.id}/reveals`, asked);
		const sheet = await fetch(`${url}/api/media/${sheetToken}`, { headers: { cookie } });
		// Four beside one another, and one beneath: 320×240 each, with a gap.
		expect(await sharp(Buffer.from(await sheet.arrayBuffer())).metadata()).toMatchObject({ width: 1_292, height: 484 });
	});
});
