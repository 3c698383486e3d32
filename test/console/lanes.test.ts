// A reviewer who works on one lane: Enter takes from that one, whatever waits in others, and by words that people know.
import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { CaseId } from "../../services/core/ids.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { accessibilityProblems } from "./console-fixture.ts";
import { shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });

async function addCase(verdict: Parameters<typeof newVerdict>[0]): Promise<CaseId> {
	const { id, source } = console_.system.platform;
	const [outcome] = await console_.system.parts.stores.verdicts.record([
		newItem(id, source, { verdict: newVerdict(verdict) }),
	]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	return outcome.caseId;
}

const opened = (page: Page, id: CaseId) => page.waitForURL(`${console_.url}/#/case/${id}`);

test.each([
	["by pointer", 40, (page: Page) => page.getByRole("button", { name: /^Model/ }).click()],
	["by keyboard", 50, (page: Page) => page.getByRole("button", { name: /^Model/ }).press("Enter")],
])(
	"a lane is chosen %s, and Enter takes from it, in the queue and after an act, though others are more urgent",
	async (_how, urgency, choose) => {
		const [first, second] = [
			await addCase({ tier: "M", action: "review", urgency: urgency + 1 }),
			await addCase({ tier: "M", action: "review", urgency }),
		];
		await addCase({ tier: "K1", action: "withhold", urgency: 99, category: "csam" });
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await choose(page);
		await shows(page.locator(".button-main"), "Model");
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.keyboard.press("Enter");
		await opened(page, first);
		await page.locator(".claim-line").waitFor();
		await page.keyboard.press("n");
		await page.locator(".settled").waitFor();
		await page.keyboard.press("Enter");
		await opened(page, second);
		await page.context().close();
	},
	60_000,
);
