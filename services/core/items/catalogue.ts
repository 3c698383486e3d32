// The kinds of item, one line each; a kind without a part does not compile. The record knows pictures as `media`.
import type { ItemKind } from "./item.ts";
import type { ItemKindPart } from "./item-kind.ts";
import { picture } from "./picture/picture.ts";
import { post } from "./post/post.ts";

export const itemKindParts: Readonly<Record<ItemKind, ItemKindPart>> = { post, media: picture };
