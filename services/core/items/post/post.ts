// A text with its author. It is read as it is: there is one level.
import type { ItemKindPart } from "../item-kind.ts";

export const post = {
	nameOf: () => ({ en: "Post", vi: "Bài đăng" }),
	detector: "text",
	revealLevels: ({ text }) => (text === null ? [] : [4]),
} satisfies ItemKindPart;
