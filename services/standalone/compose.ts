// All processes, or some of them, in one Node process over shared parts; and the demonstration around them.
import { hashPassword } from "../adapters/argon2/password-hasher.ts";
import { copyKinds, copySample, drawSample } from "../adapters/sharp/draw-sample.ts";
import { createDemo, type Demo, type DemoOptions } from "../demo/demo.ts";
import { composeDetector, type DetectorOverrides } from "../detector/compose.ts";
import { composeIntake } from "../intake/compose.ts";
import { composeMatcher } from "../matcher/serve-alone.ts";
import { openExaminer } from "../parts/examination.ts";
import { openParts, type Parts } from "../parts/parts.ts";
import { composePortal } from "../portal/compose.ts";
import { composeReview } from "../review/compose.ts";
import type { Runnable } from "../runtime/lifecycle.ts";
import { composeTakedown } from "../takedown/compose.ts";
import type { RoleName } from "./roles.ts";

export { composeMatcher, openParts };

type Role = Runnable & { readonly url: () => string };
export type Roles = Readonly<Partial<Record<RoleName, Role>>>;

/** What tests replace. */
export interface RoleOverrides {
	readonly detector?: DetectorOverrides;
}

const composers: Readonly<Record<RoleName, (parts: Parts, overrides: RoleOverrides) => Role>> = {
	intake: composeIntake,
	detector: (parts, { detector }) => composeDetector(parts, detector),
	takedown: composeTakedown,
	review: composeReview,
	portal: composePortal,
};

/** In the order to start them: nothing is taken in before something works it off. */
export function composeRoles(parts: Parts, names: readonly RoleName[], overrides: RoleOverrides = {}): Roles {
	const order: readonly RoleName[] = ["takedown", "detector", "review", "portal", "intake"];
	return Object.fromEntries(
		order.filter((name) => names.includes(name)).map((name) => [name, composers[name](parts, overrides)]),
	);
}

export function composeDemo(parts: Parts, roles: Roles, options: DemoOptions): Demo {
	const copy = (picture: Uint8Array, turn: number) =>
		copySample(picture, copyKinds[turn % copyKinds.length] ?? "identical");
	return createDemo(
		{ parts, roles, hashPassword, openExaminer: () => openExaminer(parts), drawSample, copySample: copy },
		options,
	);
}
