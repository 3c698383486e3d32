// A still or animated picture, or a video. It is shown as little as is needed, at any of the levels; a video by its stills, where there are any.
import { revealLevels } from "../../cases/case.ts";
import type { ItemKindPart } from "../item-kind.ts";

export const picture = {
	nameOf: ({ mediaType }) =>
		isVideo(mediaType) ? { en: "Video", vi: "Đoạn video" } : { en: "Picture", vi: "Hình ảnh" },
	detector: "hash",
	revealLevels: ({ mediaKey, mediaType, video }) =>
		mediaKey === null || (isVideo(mediaType) && (video?.stillsMs ?? []).length === 0) ? [] : revealLevels,
} satisfies ItemKindPart;

export function isVideo(mediaType: string | null): boolean {
	return mediaType?.startsWith("video/") ?? false;
}
