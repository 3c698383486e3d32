import { expect, test } from "@jest/globals";
import { userId, uuidv7 } from "../../../../services/core/ids.ts";
import { subjectsHiddenFrom } from "../../../../services/core/people/acts-shown.ts";
import { isAllowed, type Role, type User } from "../../../../services/core/people/user.ts";

const withRole = (role: Role): User => ({
	...{ id: userId.parse(uuidv7(1)), login: "an", displayName: "An", roles: [role] },
	...{ isDisabled: false, isPasswordFirst: false },
});

test("leads read all acts, operators those that keep the system running, reviewers none", () => {
	expect(subjectsHiddenFrom(withRole("lead"))).toEqual([]);
	expect(subjectsHiddenFrom(withRole("operator"))).toEqual(["case", "report"]);
	expect((["reviewer", "lead", "operator"] as const).filter((role) => isAllowed(withRole(role), "act:read"))).toEqual([
		"lead",
		"operator",
	]);
});
