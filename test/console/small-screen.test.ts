// What a person on call can do on a phone, in both languages: see why a case is here, reach the material, and act, without scrolling.
import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

const viewport = { width: 360, height: 740 };

async function box(page: Page, selector: string) {
	const found = await page.locator(selector).first().boundingBox();
	if (found === null) throw new Error(`${selector} is not on the page`);
	return found;
}

test.each(["en-US", "vi-VN"])(
	"a held case fits a phone of 360 px, its way to the material above the acts (%s)",
	async (locale) => {
		const id = await console_.addProbablePicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "lead"), { locale, viewport });
		await page.goto(`${console_.url}/#/case/${id}`);
		await page.locator(".claim-notice button:enabled").click();
		await page.locator(".claim-line").waitFor();
		const [reasons, hold, acts, bar] = [
			await box(page, ".reasons"),
			await box(page, ".stage-foot button"),
			await box(page, ".acts-bar"),
			await box(page, ".top-bar"),
		];
		expect(reasons.y).toBeLessThan(hold.y);
		expect(hold.y + hold.height).toBeLessThanOrEqual(acts.y);
		expect(acts.y + acts.height).toBeLessThanOrEqual(viewport.height);
		// Header and acts leave most of the screen to the case.
		expect(bar.height + acts.height).toBeLessThan(viewport.height / 3);
		expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `phone-case-${locale}`);
		await page.context().close();
	},
	90_000,
);

/** What is left of the search field beside the words that stand in it while it is empty. */
const roomInSearch = `(() => {
	const field = document.querySelector(".search input");
	const { font, paddingLeft, paddingRight } = getComputedStyle(field);
	const pen = document.createElement("canvas").getContext("2d");
	pen.font = font;
	return field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - pen.measureText(field.placeholder).width;
})()`;

test.each(["en-US", "vi-VN"])(
	"lanes, the search and the first case of the queue fit a phone of 360 px (%s)",
	async (locale) => {
		await console_.addProbablePicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale, viewport });
		await page.goto(`${console_.url}/#/queue`);
		await page.locator(".cases tbody tr").first().waitFor();
		const first = await box(page, ".cases tbody tr");
		expect(first.y + first.height).toBeLessThanOrEqual(viewport.height);
		expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
		expect(await page.evaluate(roomInSearch)).toBeGreaterThanOrEqual(0);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `phone-queue-${locale}`);
		await page.context().close();
	},
	90_000,
);
