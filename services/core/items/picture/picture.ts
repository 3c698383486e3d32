// A still or animated picture, a video, or a file that holds them. It is shown as little as is needed, at any of the levels; a video by its
// stills, and a container by the pictures in it, where there are any.
import { revealLevels } from "../../cases/case.ts";
import type { ItemKindPart } from "../item-kind.ts";

export const picture = {
	nameOf({ mediaType }) {
		if (isVideo(mediaType)) return { en: "Video", vi: "Đoạn video" };
		return isContainer(mediaType) ? { en: "File", vi: "Tệp" } : { en: "Picture", vi: "Hình ảnh" };
	},
	detector: "hash",
	revealLevels({ mediaKey, mediaType, video, members }) {
		const hasNothing =
			(isVideo(mediaType) && (video?.stillsMs ?? []).length === 0) ||
			(isContainer(mediaType) && (members?.paths ?? []).length === 0);
		return mediaKey === null || hasNothing ? [] : revealLevels;
	},
} satisfies ItemKindPart;

/** An archive or a document: what is known of it is known of what is in it. */
function isContainer(mediaType: string | null): boolean {
	return mediaType?.startsWith("application/") ?? false;
}

export function isVideo(mediaType: string | null): boolean {
	return mediaType?.startsWith("video/") ?? false;
}
