// A case of more items than its page lists: one decision reaches all of them, and the page says how many that are.
import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import type { CaseId } from "../../services/core/ids.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { accessibilityProblems } from "./console-fixture.ts";
import { counts, reads, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });

async function caseOf(items: number): Promise<CaseId> {
	const { id, source } = console_.system.platform;
	const verdict = newVerdict({ tier: "K1", action: "withhold", urgency: 90, category: "csam" });
	const [key, all] = [randomUUID(), Array.from({ length: items })];
	const [outcome] = await console_.system.parts.stores.verdicts.record(
		all.map(() => newItem(id, source, { verdict, clusterKey: key })),
	);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	return outcome.caseId;
}

let id: CaseId;
test.each([
	[
		"en-GB",
		"Lan",
		"230 items, one decision for all",
		"The 200 oldest are listed.",
		"Of the items that are listed:",
		"List 30 more",
	],
	[
		"vi-VN",
		"Hoa",
		"230 mục, một quyết định cho tất cả",
		"Ở đây liệt kê 200 mục cũ nhất.",
		"Trong các mục được liệt kê:",
		"Liệt kê thêm 30 mục",
	],
] as const)(
	"in %s a case of 230 items is one of 230, of which 200 are listed, and the others when asked for",
	async (locale, name, count, listed, clocks, more) => {
		id ??= await caseOf(230);
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"), { locale });
		await page.goto(`${console_.url}/#/case/${id}`);
		await reads(page.locator("#items-title"), count);
		await shows(page.locator(".item-list"), listed);
		await shows(page.locator(".clocks"), clocks);
		await counts(page.locator(".item-list li"), 200);
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.getByRole("button", { name: more }).press("Enter");
		await counts(page.locator(".item-list li"), 230);
		await counts(page.getByText(listed), 0);
		await page.context().close();
	},
	60_000,
);
