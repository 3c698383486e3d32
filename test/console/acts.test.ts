// The log of acts in the console: each line a sentence that leads to its subject, filtered by keyboard, on a phone. In a real Chromium.
import { expect, test } from "@jest/globals";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

test.each([
	["vi-VN", "Nhật ký", "mở vụ việc ở bậc", "nhận vụ việc", "hệ thống", "Người làm"],
	["en-US", "Acts", "opened the case at tier", "claimed the case", "the machine", "By"],
])(
	"what was done to a case is found by who did it, in %s, and leads to the case",
	async (locale, title, opened, claimed, machine, by) => {
		const id = await console_.addProbablePicture();
		const login = await console_.addPerson("Lan", "lead");
		const page = await console_.signedIn(login, { locale, viewport: { width: 360, height: 740 } });
		await page.goto(`${console_.url}/#/case/${id}`);
		await page.locator(".claim-notice button:enabled").click();
		await page.locator(".claim-line").waitFor();
		await page.goto(`${console_.url}/#/log`);
		await page.getByRole("heading", { name: title }).waitFor();
		await page.getByText(opened).first().waitFor();
		await shows(page.locator(".trail li").filter({ hasText: opened }).first(), machine);
		await page.getByLabel(by).focus();
		await types(page, login);
		await page.keyboard.press("Enter");
		await page.getByText(opened).first().waitFor({ state: "detached" });
		const line = page.locator(".trail li").filter({ hasText: claimed });
		await counts(line, 1);
		expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `acts-${locale}`);
		// Who leaves a case gives it back.
		await line.getByRole("link").press("Enter");
		await page.locator(".claim-notice").waitFor();
		expect(page.url()).toContain(id);
		await page.context().close();
	},
	90_000,
);

test("an operator, who reads no cases, sees what operators did and that acts on cases are left out", async () => {
	await console_.addProbablePicture();
	const page = await console_.signedIn(await console_.addPerson("Minh", "operator"));
	await page.goto(`${console_.url}/#/log`);
	await page.getByText("Acts on cases and reports are shown to those who work on them.").waitFor();
	await page.locator(".trail li").first().waitFor();
	await counts(page.getByText("opened the case"), 0);
	await page.getByLabel("Done to").selectOption("bank");
	await page.getByText("created the bank").first().waitFor();
	await keepPicture(page, "acts-operator");
	await page.context().close();
}, 90_000);
