// A reviewer who works on one lane: Enter takes from that one, whatever waits in others, and by words that people know.
import { expect, test } from "@jest/globals";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import type { CaseId } from "../../services/core/ids.ts";
import { mostCounted } from "../../services/core/ports/case-store.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { accessibilityProblems } from "./console-fixture.ts";
import { counts, shows } from "./on-screen.ts";
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

/** In the lane of probable ones. */
async function addCases(count: number): Promise<void> {
	await using database = await openTestDatabase(console_.system.databaseUrl);
	await database.rows(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, is_incomplete, platform_id, surface, item_count, opened_at, last_item_at)
			SELECT gen_random_uuid(), 'case ' || n || ' of ' || ${count}::integer, 'K3', 1, false, ${console_.system.platform.id}, 'public', 0, now(), now()
			FROM generate_series(1, ${count}::integer) AS n`,
	);
}

test("the queue is shown on, by keyboard, for as long as there is more of it", async () => {
	await addCases(260);
	const page = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"));
	await page.getByRole("button", { name: /^Probable/ }).click();
	const rows = page.locator("table.cases tbody tr");
	const more = page.getByRole("button", { name: "Show more" });
	for (const shown of [50, 100, 150, 200, 250]) {
		await shows(page.locator(".queue-tools [role=status]"), `first ${shown} cases`);
		await counts(rows, shown);
		await more.press("Enter");
	}
	await shows(page.locator(".queue-tools [role=status]"), "260 cases");
	const names = await rows.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
	expect(new Set(names).size).toBe(260);
	await counts(more, 0);
	await page.context().close();
}, 60_000);

test("of more cases in a lane than are counted the page says that there are more", async () => {
	await addCases(mostCounted + 1);
	const page = await console_.signedIn(await console_.addPerson("Minh", "reviewer"));
	await shows(page.getByRole("button", { name: /^Probable/ }), "over 10,000");
	await shows(page.getByRole("button", { name: /^All/ }), "over 10,00");
	await page.context().close();
}, 60_000);
