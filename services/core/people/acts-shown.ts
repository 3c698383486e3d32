// Whose acts somebody may read. Operators keep the system running: who looked at which case or report, and what they decided, is no
// concern of theirs.
import type { SubjectKind } from "../acts/act-kind.ts";
import { isAllowed, type Permission, type User } from "./user.ts";

/** What somebody must be allowed to be shown acts on these things; acts on any other are for whoever may read the log. */
const needed: readonly (readonly [SubjectKind, Permission])[] = [
	["case", "case:read"],
	["report", "report:answer"],
];

/** The log leaves acts on these out. */
export function subjectsHiddenFrom(user: User): readonly SubjectKind[] {
	return needed.flatMap(([kind, permission]) => (isAllowed(user, permission) ? [] : [kind]));
}
