// What a page shows comes when it comes: console tests ask for it by test/console/on-screen.ts, which looks again.
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { sourcesIn } from "./walk-source.ts";

const looksOnce =
	/expect\(\s*await [^;]*?\.(count|isVisible|isDisabled|isChecked|textContent|innerText|inputValue|all\w+s)\(\)\s*\)\s*\.to/g;

test.each((await sourcesIn("test/console")).filter((file) => file.endsWith(".test.ts")))(
	"%s never looks only once for what is about to be there",
	async (file) => {
		const source = await readFile(fromPackageRoot(file), "utf8");
		expect(source.match(looksOnce) ?? []).toEqual([]);
		expect(source).not.toContain("keyboard.type(");
	},
);

test("a single look is seen, and one after which nothing may be there is none", () => {
	expect("expect(await rows.count()).toBe(2);").toMatch(looksOnce);
	expect("expect(\n\tawait rows.nth(1).textContent(),\n)").not.toMatch(looksOnce);
	expect("expect(await main.textContent()).not.toContain(name);").not.toMatch(looksOnce);
});
