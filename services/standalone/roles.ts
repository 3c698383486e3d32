/** The processes that can run here, alone or together. */
export const roleNames = ["intake", "detector", "takedown", "review", "portal"] as const;
export type RoleName = (typeof roleNames)[number];

export function isRoleName(name: string): name is RoleName {
	return roleNames.some((one) => one === name);
}
