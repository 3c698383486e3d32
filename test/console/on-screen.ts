/**
 * What a page shows comes when the answer of the server comes. Each of these looks again until it is so, and fails with what
 * stood there last; `locator.count()` and its like look once. That something is absent is asked after what comes with the same
 * answer is there.
 */
import { expect } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";

const patience = { withinMs: 30_000 };

/** The text of the one element contains or matches this. */
export const shows = (locator: Locator, text: string | RegExp) =>
	eventually(async () => {
		const shown = (await locator.textContent()) ?? "";
		if (typeof text === "string") expect(shown).toContain(text);
		else expect(shown).toMatch(text);
	}, patience);

/** The text of the one element is this and nothing else. */
export const reads = (locator: Locator, text: string) =>
	eventually(async () => expect(await locator.textContent()).toBe(text), patience);

/** The field holds this. */
export const holds = (locator: Locator, value: string) =>
	eventually(async () => expect(await locator.inputValue()).toBe(value), patience);

/** So many elements. */
export const counts = (locator: Locator, count: number) =>
	eventually(async () => expect(await locator.count()).toBe(count), patience);

/** The texts of the elements, in order. */
export const lists = (locator: Locator, texts: readonly string[]) =>
	eventually(async () => expect(await locator.allInnerTexts()).toEqual(texts), patience);

/** The one element takes no input. */
export const isOff = (locator: Locator) =>
	eventually(async () => expect(await locator.isDisabled()).toBe(true), patience);

/** Types into the field that has the focus, or is about to. */
export async function types(page: Page, text: string): Promise<void> {
	await page.locator(":is(input:not([type=radio], [type=checkbox]), textarea, [contenteditable=true]):focus").waitFor();
	await page.keyboard.type(text);
}
