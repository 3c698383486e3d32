// From login to a decision that reaches the platform, by keyboard alone; and what the page says and hides on the way.

import { describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { release } from "../../services/core/cases/act-on-case.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, keepPicture, knownText, password, patience } from "./console-fixture.ts";
import { counts, holds, lists, reads, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

const caseById = async (id: CaseId) => {
	const found = await console_.system.parts.stores.cases.find(id);
	if (found === null) throw new Error("the case exists");
	return found;
};
const eventsOf = async (id: CaseId, kind: string) => (await caseById(id)).events.filter((event) => event.kind === kind);
const ordersAtPlatform = (subject: string) =>
	[...console_.system.sample.orders.values()]
		.filter(({ order }) => order.subject === subject)
		.map(({ order }) => order.action);
const textOf = async (page: Page, selector: string) => (await page.locator(selector).textContent()) ?? "";

/** As a lease that ran out does, behind the page's back. */
async function giveBack(id: CaseId): Promise<void> {
	const { cases } = console_.system.parts.stores;
	const { claimedBy, snapshot } = await caseById(id);
	if (claimedBy === null) throw new Error("somebody holds it");
	const { userId } = claimedBy;
	const at = new Date();
	const fence = snapshot.fence;
	await cases.transition(id, { kind: "person", userId }, at, (current) => release(current, { userId, fence, now: at }));
}

async function openCase(page: Page, id: CaseId): Promise<void> {
	await page.goto(`${console_.url}/#/case/${id}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
}

describe("a reviewer who never touches the mouse", () => {
	test("signs in, takes the most urgent case, removes it, and the platform is told for every copy", async () => {
		const id = await console_.addKnownPictures();
		const login = await console_.addPerson("Lan", "reviewer");
		const page = await console_.openPage();
		await page.locator("[name=login]:focus").waitFor();
		await types(page, login);
		await page.keyboard.press("Tab");
		await types(page, password);
		await page.keyboard.press("Enter");
		await page.locator("table.cases tbody tr").first().waitFor();

		await page.keyboard.press("Enter");
		await page.locator(".claim-line").waitFor();
		expect(page.url()).toContain(id);
		await page.keyboard.press("r");
		await shows(page.locator("form.strip"), /3 items on .* will be removed for good/);

		await page.keyboard.press("Enter");
		await reads(page.locator("form.strip [role=alert]"), "A reason is needed.");
		await types(page, "Known material, confirmed from the hash alone.");
		await page.keyboard.press("Enter");
		await page.locator(".settled").waitFor();
		await reads(page.locator(".settled h2"), "Decided: remove");

		const { items, events } = await caseById(id);
		expect(items.map(({ state }) => state)).toEqual(["removed", "removed", "removed"]);
		expect(events.find(({ kind }) => kind === "decided")).toMatchObject({
			actor: { kind: "person", displayName: "Lan" },
			data: { decision: "remove", reason: "Known material, confirmed from the hash alone.", isFinal: true },
		});
		for (const { subject } of items) {
			await eventually(() => expect(ordersAtPlatform(subject)).toEqual(["withhold", "remove"]), patience);
		}
		await page.getByText("The platform has every order.").waitFor();
		await keepPicture(page, "settled");
		await page.context().close();
	});

	test("passes a case without a reason, and is not offered it again", async () => {
		const id = await console_.addKnownPost();
		const page = await console_.signedIn(await console_.addPerson("Minh", "reviewer"));
		await openCase(page, id);
		await page.keyboard.press("n");
		await page.locator(".settled").waitFor();
		await reads(page.locator(".settled h2"), "Passed");
		expect(await eventsOf(id, "skipped")).toHaveLength(1);
		await page.keyboard.press("Enter");
		await page.getByText("No case is waiting that you may take.").waitFor();
		await page.context().close();
	});

	test("writes a note, which is kept with the case under their name", async () => {
		const id = await console_.addKnownPost();
		const page = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"));
		await openCase(page, id);
		await page.keyboard.press("c");
		await types(page, "Same account as yesterday; n and r are letters here.");
		await page.keyboard.press("Enter");
		await page.locator(".notes li").waitFor();
		await shows(page.locator(".notes"), "Same account as yesterday; n and r are letters here.");
		await shows(page.locator(".notes"), "Hoa");
		expect((await caseById(id)).state).toBe("claimed");
		await page.context().close();
	});

	test("leaves with Esc, which gives the case back to others at once", async () => {
		const id = await console_.addKnownPost();
		const page = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"));
		await openCase(page, id);
		await page.keyboard.press("Escape");
		await page.locator("table.cases").waitFor();
		await eventually(async () => expect((await caseById(id)).state).toBe("open"), patience);
		await page.context().close();
	});
});

describe("a decision that takes two people", () => {
	test("the first withholds what is visible and waits; the second, another person, removes", async () => {
		const id = await console_.addProbablePicture();
		const { items } = await caseById(id);
		const subject = items[0]?.subject ?? "";
		expect(items[0]?.state).toBe("live");

		const first = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(first, id);
		await first.keyboard.press("r");
		await shows(first.locator("form.strip"), "A second person looks before anything is final");
		await shows(first.locator("form.strip"), "will be withheld now");
		await types(first, "Looks like the entry.");
		await first.keyboard.press("Enter");
		await first.getByText("First decision recorded").waitFor();
		await eventually(() => expect(ordersAtPlatform(subject)).toEqual(["withhold"]), patience);
		await first.goto(`${console_.url}/#/queue`);
		await first.goto(`${console_.url}/#/case/${id}`);
		await first.getByText("You gave the first decision.").waitFor();
		await counts(first.getByText("Take this case"), 0);
		await first.context().close();

		const second = await console_.signedIn(await console_.addPerson("Minh", "reviewer"));
		await openCase(second, id);
		await second.keyboard.press("r");
		await shows(second.locator("form.strip"), "will be removed for good");
		await types(second, "Agreed.");
		await second.keyboard.press("Enter");
		await second.locator(".settled").waitFor();
		await eventually(() => expect(ordersAtPlatform(subject)).toEqual(["withhold", "remove"]), patience);
		await second.context().close();
	});

	test("a claim that is lost while its reason is typed does not lose the reason", async () => {
		const id = await console_.addProbablePicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		await page.keyboard.press("r");
		// Not known: nobody is offered to say that it is.
		await lists(page.locator("form.strip .suggestions li"), ["Against the platform's rules."]);
		await types(page, "Long thought over.");
		await giveBack(id);
		await page.keyboard.press("Enter");
		await page.getByText("You no longer hold this case", { exact: true }).waitFor();
		await page.getByText("The reason that you typed is kept here").waitFor();
		await page.getByRole("button", { name: "Take this case" }).click();
		await page.getByText("You hold this case").waitFor();
		await page.keyboard.press("r");
		await holds(page.locator("form.strip textarea"), "Long thought over.");
		await page.context().close();
	});

	test("a session that ends while a reason is typed does not lose it for whoever signs in again, and shows it to nobody else", async () => {
		const id = await console_.addProbablePicture();
		const [own, other] = [await console_.addPerson("Lan", "reviewer"), await console_.addPerson("Nam", "reviewer")];
		const page = await console_.signedIn(own);
		const signIn = async (login: string) => {
			await page.fill("[name=login]", login);
			await page.fill("[name=password]", password);
			await page.keyboard.press("Enter");
			await page.locator(".why").waitFor();
		};
		await openCase(page, id);
		await page.keyboard.press("r");
		await types(page, "Long thought over.");
		await page.context().clearCookies();
		await page.getByText("Your session has ended").waitFor({ timeout: 40_000 });
		await signIn(own);
		await page.getByText("You hold this case").waitFor();
		await page.keyboard.press("r");
		await holds(page.locator("form.strip textarea"), "Long thought over.");

		await page.context().clearCookies();
		await page.getByText("Your session has ended").waitFor({ timeout: 40_000 });
		await giveBack(id);
		await signIn(other);
		await page.getByRole("button", { name: "Take this case" }).click();
		await page.getByText("You hold this case").waitFor();
		await page.keyboard.press("r");
		await holds(page.locator("form.strip textarea"), "");
		await page.context().close();
	}, 120_000);

	test("leaving up what was never withheld sends no order, and the page says so before and after", async () => {
		const id = await console_.addScoredPicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		await shows(page.locator(".item-list"), "Vietnam");
		await page.keyboard.press("s");
		await shows(page.locator("form.strip"), "will stay visible; no order is sent");
		await types(page, "Permitted.");
		await page.keyboard.press("Enter");
		await page.locator(".settled").waitFor();
		await shows(page.locator(".settled"), "No order was needed.");
		expect((await caseById(id)).items[0]).toMatchObject({ state: "live", orders: [] });
		await page.context().close();
	});
});

describe("judging the entry that a case matches", () => {
	test("by keyboard: the page says what each conclusion does, asks for a reason, writes it to the entry, and the case goes on", async () => {
		const id = await console_.addProbablePicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale: "vi-VN" });
		await openCase(page, id);
		await shows(page.locator(".why"), /Hiện nay.*có khả năng.*test: khẳng định/s);
		await page.keyboard.press("b");
		await page.locator("form.strip input[type=radio]:focus").waitFor();
		await shows(page.locator("form.strip"), /kho bank-.*cách \d+ bit.*người xem xét kiểm tra từng trùng khớp/s);
		await counts(page.locator("form.strip input:disabled"), 1);
		await keepPicture(page, "judge");
		expect(await accessibilityProblems(page)).toEqual([]);

		await page.keyboard.press("Enter");
		await reads(page.locator("form.strip [role=alert]"), "Hãy chọn kết luận.");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Tab");
		await types(page, "Hai hình khác nhau");
		await page.keyboard.press("Enter");
		await page.getByText("Đã ghi vào bản ghi: nghi ngờ.").waitFor();
		await shows(page.locator(".why"), /Hiện nay.*có tranh cãi.*người của ta: cần xem xét/s);
		await keepPicture(page, "judged");

		const { state, entries, events } = await caseById(id);
		expect(state).toBe("claimed");
		expect(entries[0]?.opinions).toContainEqual({ source: "here", kind: "investigate", note: "Hai hình khác nhau" });
		expect(events.find(({ kind }) => kind === "entry-judged")).toMatchObject({ data: { judgement: "dispute" } });
		await page.context().close();
	});

	test("to restore what an entry withheld says beforehand, and after, that the entry is disputed; the arrows choose the reason", async () => {
		const id = await console_.addKnownPost();
		const first = await console_.signedIn(await console_.addPerson("Minh", "reviewer"));
		await openCase(first, id);
		await first.keyboard.press("s");
		await shows(first.locator("form.strip"), "A second person looks before anything is final");
		await types(first, "Another text.");
		await first.keyboard.press("Enter");
		await first.getByText("First decision recorded").waitFor();
		await first.context().close();

		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		expect(await textOf(page, ".trail")).not.toContain("Another text.");
		await page.keyboard.press("s");
		await shows(page.locator("form.strip"), "The entry that withheld it is disputed");
		await page.keyboard.press("ArrowDown");
		await holds(page.locator("form.strip textarea"), "Not the known material: false match.");
		await page.keyboard.press("Enter");
		await page.getByText("The entry is disputed now.").waitFor();
		await shows(page.locator(".trail"), "judged an entry of a bank · Dispute");
		await page.context().close();
	});
});

describe("why a case is here", () => {
	test("a near copy tells distance against both radii, bank, entry and turn", async () => {
		const id = await console_.addProbablePicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		const why = await textOf(page, ".why");
		for (const part of [
			/of 31 bits/,
			/strong ≤ 20/,
			/probable ≤ 31/,
			/bank-/,
			/one independent source says positive/,
			/Quality/,
		]) {
			expect(why).toMatch(part);
		}
		await keepPicture(page, "probable");
		await page.context().close();
	});

	test("a score tells its threshold, model and labels, and that it confirms nothing", async () => {
		const id = await console_.addScoredPicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		const why = await textOf(page, ".why");
		expect(why).toContain("0.91, threshold 0.80");
		expect(why).toContain("A score alone confirms nothing.");
		await keepPicture(page, "scored");
		await page.context().close();
	});

	test("what could not be examined is never called clear", async () => {
		const id = await console_.addBrokenPicture();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		await shows(page.locator(".why"), "Not examined is not the same as harmless.");
		await keepPicture(page, "unavailable");
		await page.context().close();
	});

	test("what a list knows is marked in the text that is shown, in disguise too, and is not in the page before", async () => {
		const id = await console_.addPostWith("copper saucepan", "who has my c0pp3r s4uc3p4n from the picnic");
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		expect(await page.content()).not.toContain("s4uc3p4n");
		await page.keyboard.press("4");
		await page.keyboard.down("Space");
		await lists(page.locator(".material-text mark"), ["c0pp3r s4uc3p4n"]);
		await reads(page.locator(".material-text"), "who has my c0pp3r s4uc3p4n from the picnic");
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.keyboard.up("Space");
		await page.locator(".material-text").waitFor({ state: "detached" });
		expect(await page.content()).not.toContain("s4uc3p4n");
		await page.context().close();
	});

	test("the text of a post is not in the page until it is asked for", async () => {
		const id = await console_.addKnownPost();
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
		await openCase(page, id);
		expect(await page.content()).not.toContain(knownText);
		await page.keyboard.press("4");
		await page.keyboard.down("Space");
		await page.locator(".material-text").waitFor();
		await shows(page.locator(".material-text"), knownText);
		await keepPicture(page, "text-shown");
		await page.keyboard.up("Space");
		await page.locator(".material-text").waitFor({ state: "detached" });
		expect(await page.content()).not.toContain(knownText);
		await page.context().close();
	});
});
