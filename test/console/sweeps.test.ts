// A sweep of earlier items that found more than it may do by itself, on the page: a lead sees what it found, lets it go on and agrees to it. In
// a real Chromium on the whole system.
import { expect, test } from "@jest/globals";
import type { SweepId } from "../../services/core/ids.ts";
import { firstId } from "../../services/core/sweeps/sweep.ts";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, keepPicture, patience } from "./console-fixture.ts";
import { types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

/** Over all that banks hold, by somebody else, with one item found; it is paused, so that no detector moves it meanwhile. */
async function waitingSweep(): Promise<SweepId> {
	const { cases, sweeps } = console_.system.parts.stores;
	const itemId = (await cases.find(await console_.addKnownPost()))?.items[0]?.id;
	if (itemId === undefined) throw new Error("a case has an item");
	const { id } = await sweeps.start(0, "somebody", new Date());
	await sweeps.act(id, "pause", { by: "somebody", reason: "looked at first" });
	const cursor = { pass: 1, entriesAfter: firstId, cursor: itemId } as const;
	const sweep = await eventually(async () => {
		const found = await sweeps.find(id);
		const step = { cursor, compared: 1, found: [itemId], entries: 1 };
		if (found === null || !(await sweeps.noteCompared(found, step))) throw new Error("it has just moved");
		return found;
	}, patience);
	await sweeps.endLooking({ ...sweep, ...cursor });
	await sweeps.noteJudged(id, [{ itemId, tier: "K1", effect: "withhold" }]);
	await sweeps.endJudging(id, 0);
	return id;
}

test("a lead sees what a sweep found, lets it go on, and agrees to it as a second person", async () => {
	const id = await waitingSweep();
	const { sweeps } = console_.system.parts.stores;
	const lead = await console_.signedIn(await console_.addPerson("Hoa", "lead"));
	await lead.goto(`${console_.url}/#/now`);
	const section = lead.locator("section[aria-labelledby=sweeps-title]");
	await section.getByText("1 sweep found more than it may do by itself").waitFor();
	await section.getByRole("button", { name: "Resume…" }).click();
	await lead.locator("form.inline-confirm input:focus").waitFor();
	await types(lead, "seen what it is about");
	await lead.keyboard.press("Enter");
	await section.getByText("It goes on.", { exact: true }).waitFor();
	await section.getByText("waits for a second person").waitFor();
	await section.getByText("0 of 1").waitFor();
	await keepPicture(lead, "sweep-waiting");
	expect(await accessibilityProblems(lead)).toEqual([]);

	await section.getByRole("button", { name: "Agree…" }).click();
	await lead.locator("form.inline-confirm input:focus").waitFor();
	await types(lead, "looked at the platform's share");
	await keepPicture(lead, "sweep-agreeing");
	await lead.keyboard.press("Enter");
	await section.getByText("Agreed: it goes on.").waitFor();
	await eventually(async () => expect(await sweeps.find(id)).toMatchObject({ state: "done" }), patience);
	await lead.context().close();

	const reviewer = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), {
		...{ locale: "vi-VN", colorScheme: "dark", viewport: { width: 390, height: 800 } },
	});
	await reviewer.goto(`${console_.url}/#/now`);
	await reviewer.getByText("Nội dung cũ").first().waitFor();
	await keepPicture(reviewer, "sweeps-narrow");
	expect(await accessibilityProblems(reviewer)).toEqual([]);
	await reviewer.context().close();
}, 90_000);
