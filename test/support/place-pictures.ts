import type { PictureHashes } from "../../services/core/banks/bank.ts";
import { createAlone } from "../../services/core/clusters/alone.ts";
import { likenessOfPicture } from "../../services/core/clusters/likeness.ts";
import type { Medoids } from "../../services/core/clusters/medoids.ts";
import type { Membership } from "../../services/core/clusters/membership.ts";
import { place } from "../../services/core/clusters/place.ts";
import { itemId, uuidv7 } from "../../services/core/ids.ts";
import type { Clusters } from "../../services/detector/follow-clusters.ts";

const alone = createAlone(0);
export const someItem = (): { readonly itemId: ReturnType<typeof itemId.parse>; readonly authorId: string } => ({
	itemId: itemId.parse(uuidv7(Date.now())),
	authorId: "author",
});

/** As a detector does that has these medoids. */
export function placePicture(picture: PictureHashes, medoids: Medoids, atMs: number): readonly Membership[] {
	const likeness = likenessOfPicture(picture);
	return likeness === null ? [] : place(likeness, { medoids, alone }, { ...someItem(), atMs });
}

export function placeAt(detector: Pick<Clusters, "place">, picture: PictureHashes): readonly Membership[] {
	const likeness = likenessOfPicture(picture);
	return likeness === null ? [] : detector.place(likeness, someItem());
}
