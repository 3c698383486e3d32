// All processes, or some of them, in one Node process over shared parts; and the demonstration around them. Each is loaded where it runs.
import type { Demo, DemoOptions } from "../demo/demo.ts";
import type { DetectorOverrides } from "../detector/compose.ts";
import type { MatcherOptions } from "../matcher/serve-alone.ts";
import { openParts, type Parts } from "../parts/parts.ts";
import type { Runnable } from "../runtime/lifecycle.ts";
import type { RoleName } from "./roles.ts";

export { openParts };

type Role = Runnable & { readonly url: () => string };
export type Roles = Readonly<Partial<Record<RoleName, Role>>>;

/** What tests replace. */
export interface RoleOverrides {
	readonly detector?: DetectorOverrides;
}

type Compose = (parts: Parts, overrides: RoleOverrides) => Role;

const composers: Readonly<Record<RoleName, () => Promise<Compose>>> = {
	intake: async () => (await import("../intake/compose.ts")).composeIntake,
	detector: async () => {
		const { composeDetector } = await import("../detector/compose.ts");
		return (parts, { detector }) => composeDetector(parts, detector);
	},
	takedown: async () => (await import("../takedown/compose.ts")).composeTakedown,
	review: async () => (await import("../review/compose.ts")).composeReview,
	portal: async () => (await import("../portal/compose.ts")).composePortal,
};

/** In the order to start them: nothing is taken in before something works it off. */
export async function composeRoles(
	parts: Parts,
	names: readonly RoleName[],
	overrides: RoleOverrides = {},
): Promise<Roles> {
	const order: readonly RoleName[] = ["takedown", "detector", "review", "portal", "intake"];
	const chosen = order.filter((name) => names.includes(name));
	const loaded = await Promise.all(chosen.map(async (name) => [name, await composers[name]()] as const));
	return Object.fromEntries(loaded.map(([name, compose]) => [name, compose(parts, overrides)]));
}

export async function composeMatcher(parts: Parts, options: MatcherOptions): Promise<Role> {
	const matcher = await import("../matcher/serve-alone.ts");
	return matcher.composeMatcher(parts, options);
}

export async function composeDemo(parts: Parts, roles: Roles, options: DemoOptions): Promise<Demo> {
	const [{ createDemo }, { copyKinds, copySample, drawSample }, { hashPassword }, { openExaminer }] = await Promise.all(
		[
			import("../demo/demo.ts"),
			import("../adapters/sharp/draw-sample.ts"),
			import("../adapters/argon2/password-hasher.ts"),
			import("../parts/examination.ts"),
		],
	);
	const copy = (picture: Uint8Array, turn: number) =>
		copySample(picture, copyKinds[turn % copyKinds.length] ?? "identical");
	return createDemo(
		{ parts, roles, hashPassword, openExaminer: () => openExaminer(parts), drawSample, copySample: copy },
		options,
	);
}
