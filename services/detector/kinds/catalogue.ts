// The kinds of item that are detected, one line each; a kind that the record knows and nobody examines does not compile.
import type { ItemKind } from "../../core/items/item.ts";
import type { createDeferExcess } from "../steps/defer-excess.ts";
import type { Admitted } from "../values.ts";
import type { DetectorKind } from "./detector-kind.ts";
import { createPicture, type PictureDeps } from "./picture.ts";
import { createPost, type PostDeps } from "./post.ts";

export type DetectorKinds = Readonly<Record<ItemKind, DetectorKind<Admitted>>>;

export type DetectorKindDeps = PostDeps & PictureDeps;

export function createDetectorKinds(
	deps: DetectorKindDeps,
	deferExcess: ReturnType<typeof createDeferExcess>,
): DetectorKinds {
	return { post: createPost(deps), media: createPicture(deps, deferExcess) };
}
