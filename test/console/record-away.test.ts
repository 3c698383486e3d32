// What pages say while the server answers and its record is away, and afterwards. Review alone: other processes have tests of their own.
import { test } from "@jest/globals";
import { takeAway } from "../support/test-database.ts";
import { shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });

test("a record that is away is said while the server answers, and what could not be read or done is over once it is back", async () => {
	const login = await console_.addPerson("Hương", "reviewer", "operator");
	const [queue, other] = [await console_.signedIn(login), await console_.signedIn(login)];
	for (const page of [queue, other]) await page.locator(".connection-live").waitFor();
	{
		await using _away = await takeAway(console_.system.databaseUrl);
		await queue.locator(".connection-record-away").waitFor({ timeout: 30_000 });
		await shows(queue.locator(".offline-line"), "out of date");
		await queue.getByRole("button", { name: "Take the next case" }).press("Enter");
		await queue.locator("main").getByText("The record cannot be reached now.").waitFor();
		await other.goto(`${console_.url}/#/due`);
		await other.getByRole("button", { name: "Try again" }).waitFor();
	}
	for (const page of [queue, other]) await page.locator(".connection-live").waitFor({ timeout: 30_000 });
	await queue.getByText("The record cannot be reached now.").waitFor({ state: "detached" });
	await other.getByRole("button", { name: "Try again" }).waitFor({ state: "detached" });
	for (const page of [queue, other]) await page.context().close();
}, 90_000);
