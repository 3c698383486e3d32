// A still or animated picture. It is shown as little as is needed, at any of the levels.
import { revealLevels } from "../../cases/case.ts";
import type { ItemKindPart } from "../item-kind.ts";

export const picture = {
	revealLevels: ({ mediaKey }) => (mediaKey === null ? [] : revealLevels),
} satisfies ItemKindPart;
