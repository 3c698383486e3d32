// A clerk types in what an authority asked by phone, by keyboard and at 360 px.
import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "@jest/globals";
import { machine } from "../../services/core/acts/doer.ts";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
beforeAll(async () => {
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	await console_.system.parts.stores.authorities.add(ministry, randomBytes(32), machine);
}, 90_000);

const words = {
	vi: {
		locale: "vi-VN",
		phone: "điện thoại",
		missing: "Cần có cơ quan",
		saved: "đã vào hồ sơ",
		again: "đã có từ trước",
	},
	en: { locale: "en-GB", phone: "phone", missing: "are needed", saved: "is on record", again: "was there already" },
} as const;

test.each(["vi", "en"] as const)(
	"a request is typed in by keyboard, and its deadline said (%s)",
	async (language) => {
		const { locale, phone, missing, saved, again } = words[language];
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), {
			...{ locale, viewport: { width: 360, height: 740 } },
		});
		await page.goto(`${console_.url}/#/requests`);
		const form = page.locator("form.entry");
		const save = form.locator("button[type=submit]");
		await save.focus();
		await page.keyboard.press("Enter");
		await page.getByText(missing).waitFor();
		const send = async () => {
			await form.getByRole("button", { name: phone, exact: true }).focus();
			await page.keyboard.press("Enter");
			// Fields in their order: the arrival is left empty, which is just now.
			await form.locator("input:not([type])").fill(`CV-${language}`);
			await form.locator("textarea").nth(0).fill("116/2025/QH15");
			await form.locator("textarea").nth(1).fill("https://elsewhere.example/1\nzalo 0900 000 000");
			await form.locator("textarea").nth(2).fill("a reason");
			await save.focus();
			await page.keyboard.press("Enter");
		};
		await send();
		await page.getByText(saved).waitFor();
		await form.locator("li", { hasText: "VN-CSL25" }).waitFor();
		expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `enter-request-${language}`);
		await send();
		await page.getByText(again).waitFor();
		await page.context().close();
	},
	90_000,
);
