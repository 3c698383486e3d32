// People who work with cases, and what their roles let them do. Deny by default: a permission not listed is refused.
import { z } from "zod";
import type { UserId } from "../ids.ts";

export const roles = ["reviewer", "lead", "operator"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export interface User {
	readonly id: UserId;
	readonly login: string;
	readonly displayName: string;
	readonly roles: readonly Role[];
	readonly isDisabled: boolean;
	/** Somebody else chose the password: nothing is allowed until the person has chosen one. */
	readonly isPasswordFirst: boolean;
}

export const permissions = [
	/** Who did and saw what; of whom, acts-shown.ts says. */
	"act:read",
	"case:read",
	"case:decide",
	"case:reveal",
	/** Decides where two people differ, and reopens what was decided. */
	"case:arbitrate",
	"breaker:switch",
	"dead-letter:read",
	"dead-letter:replay",
	"bank:read",
	"bank:change",
	"entry:judge",
	"model:decide",
	/** Proposes an edited copy of the laws that clocks run by, accepts another person's, has running clocks counted anew. */
	"law:decide",
	"policy:read",
	/** Proposes a revision, and accepts or rejects another person's. */
	"policy:decide",
	/** Reports of the public: what they say, and who said so where that was given. Whoever reads them may answer. */
	"report:answer",
	/** Types in what an authority asks by e-mail, phone or letter. */
	"request:enter",
	"status:read",
	/** Holds back what those whom a case concerns are told, where a law forbids telling, and ends that. */
	"telling:hold",
	/** Proposes other words of answers, and accepts or rejects another person's. */
	"template:decide",
] as const;
export type Permission = (typeof permissions)[number];

/** Operators keep the system running and see no material; reviewers and leads decide. */
const granted: Readonly<Record<Role, readonly Permission[]>> = {
	reviewer: ["case:read", "case:decide", "case:reveal", "report:answer", "request:enter", "policy:read", "status:read"],
	lead: [
		"telling:hold",
		"act:read",
		"case:read",
		"case:decide",
		"case:reveal",
		"case:arbitrate",
		"report:answer",
		"request:enter",
		"bank:read",
		"bank:change",
		"entry:judge",
		"model:decide",
		"law:decide",
		"template:decide",
		"policy:read",
		"policy:decide",
		"dead-letter:read",
		"breaker:switch",
		"status:read",
	],
	operator: [
		"act:read",
		"bank:read",
		"bank:change",
		"model:decide",
		"law:decide",
		"template:decide",
		"policy:read",
		"dead-letter:read",
		"dead-letter:replay",
		"breaker:switch",
		"status:read",
	],
};

export function isAllowed(user: User, permission: Permission): boolean {
	return !user.isDisabled && !user.isPasswordFirst && user.roles.some((role) => granted[role].includes(permission));
}

/** Any of them is enough. */
export function rolesWith(permission: Permission): readonly Role[] {
	return roles.filter((role) => granted[role].includes(permission));
}
