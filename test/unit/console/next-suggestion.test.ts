import { describe, expect, test } from "@jest/globals";
import { nextSuggestion } from "../../../services/console/case/next-suggestion.ts";

const common = ["known", "seen", "rules"];
const press = (key: string, typed: string) => nextSuggestion(common, typed, { key });

describe("the common reasons", () => {
	test("are gone through with the arrows, around the end", () => {
		expect(press("ArrowDown", "")).toBe("known");
		expect(press("ArrowDown", "known")).toBe("seen");
		expect(press("ArrowDown", "rules")).toBe("known");
		expect(press("ArrowUp", "")).toBe("rules");
		expect(press("ArrowUp", "known")).toBe("rules");
	});

	test("never replace what a person has written", () => expect(press("ArrowDown", "known since May")).toBeNull());

	test("leave every other key to the field", () => expect(press("d", "")).toBeNull());
});
