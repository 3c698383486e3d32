import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { isOver, machineMayLimit } from "../../../../services/core/outbreaks/limits.ts";
import { createPolicies, initialPolicies, initialSet } from "../../../../services/core/policy/policy.ts";

const [forum, gallery] = [platformId.parse(uuidv7(1)), platformId.parse(uuidv7(2))];
const at = (platform: typeof forum) => ({ platformId: platform, surface: "public", country: null }) as const;
const onForum = createPolicies(
	{
		...initialSet,
		overrides: [{ platform: forum, surface: null, country: null, settings: { spreadLimits: "machine" } }],
	},
	3,
);

test("a machine limits spread only where the place's policy says so, and never for growth alone", () => {
	expect(machineMayLimit(onForum)(at(forum), true)).toBe(true);
	expect(machineMayLimit(onForum)(at(forum), false)).toBe(false);
	expect(machineMayLimit(onForum)(at(gallery), true)).toBe(false);
	expect(machineMayLimit(initialPolicies)(at(forum), true)).toBe(false);
});

test("a limit ends with its outbreak, and after a removal once earlier copies were gone over", () => {
	expect(isOver(null, null)).toBe(false);
	expect(isOver("growth-ended", null)).toBe(true);
	expect(isOver("decided", { isSwept: false })).toBe(false);
	expect(isOver("decided", { isSwept: true })).toBe(true);
});
