// A page that somebody walked away from: it reads by itself what changes, and that keeps no session open.
import { test } from "@jest/globals";
import type { Request } from "playwright-core";
import { unattendedHeader } from "../../services/core/wire/review-api.ts";
import { shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

/** Some times longer than the page waits before it reads again. */
const idleMs = 15_000;
const console_ = useConsole({ BREAKWATER_SESSION_IDLE_MS: String(idleMs) }, { roles: ["review"] });

const isRead = (isAttended: boolean) => (request: Request) =>
	request.method() === "GET" && request.url().includes("/api/") && unattendedHeader in request.headers() !== isAttended;

test("what a page reads after a touch is use, what it reads by itself is not, and then the session ends though the page goes on reading", async () => {
	const page = await console_.signedIn(await console_.addPerson("Lan", "operator"));
	await page.goto(`${console_.url}/#/now`);
	await page.waitForRequest(isRead(false));
	await Promise.all([page.waitForRequest(isRead(true)), page.keyboard.press("Shift")]);
	await page.waitForRequest(isRead(false));
	await page.waitForRequest(isRead(false));
	await page.locator("[name=login]").waitFor({ timeout: 90_000 });
	await shows(page.locator("main"), "Your session has ended");
	await page.context().close();
}, 180_000);
