// A picture: fetched, withheld where its bytes are known, decoded once, held against the banks, and scored unless a known hash decides
// already.
import { likenessOfPicture } from "../../core/clusters/likeness.ts";
import { likenessOfVideo } from "../../core/clusters/likeness-of-video.ts";
import { thePicture } from "../../core/items/members.ts";
import { framesOfVideo } from "../../core/items/picture/frames-of-video.ts";
import { eventTypes, type MediaLocation } from "../../core/wire/item-event.ts";
import { topics } from "../../core/wire/topics.ts";
import { createClosing } from "../../runtime/closing.ts";
import { createFairPlaces } from "../../runtime/fair-places.ts";
import { begin, next, type Step } from "../step.ts";
import type { createDeferExcess } from "../steps/defer-excess.ts";
import { createExamineMedia, type ExamineMediaDeps } from "../steps/examine-media.ts";
import { createFetchMedia, type FetchMediaDeps } from "../steps/fetch-media.ts";
import { createMatchHashes, type MatchHashesDeps } from "../steps/match-hashes.ts";
import { createReadWords, type ReadWordsDeps } from "../steps/read-words.ts";
import { createScoreMedia, type ScoreMediaDeps } from "../steps/score-media.ts";
import { createWithholdKnown, type WithholdKnownDeps } from "../steps/withhold-known.ts";
import { type AdmittedMedia, type Examined, type ExaminedMedia, ownerOf, type PlacedMedia } from "../values.ts";
import { type DetectorKind, eventOf } from "./detector-kind.ts";

const overflowPart = 8;

export type PictureDeps = FetchMediaDeps &
	WithholdKnownDeps &
	ExamineMediaDeps &
	MatchHashesDeps &
	ReadWordsDeps &
	ScoreMediaDeps & {
		/** Pictures in memory at once: each holds its bytes until it has been scored. */
		readonly mediaConcurrency: number;
	};

export function createPicture(
	deps: PictureDeps,
	deferExcess: ReturnType<typeof createDeferExcess>,
): DetectorKind<AdmittedMedia> {
	const examine = begin(createFetchMedia(deps))
		.then(createWithholdKnown(deps))
		.then(createExamineMedia(deps))
		.then(createMatchHashes(deps))
		.then(createScoreMedia(deps))
		.then(createReadWords(deps))
		.then<Examined>(async (item) => next({ evidence: evidenceOf(item), ...item })).run;
	// Asked again here: a picture may have waited long for its turn.
	const inTurn = placed(deps.mediaConcurrency, begin<PlacedMedia, PlacedMedia>(deferExcess).then(examine).run);
	// Those of the overflow lane stand in a line of their own, and take a small part of the examiners' time.
	const inOverflow = placed(Math.max(1, Math.floor(deps.mediaConcurrency / overflowPart)), examine);
	return {
		kind: "media",
		admit(event) {
			if (event.type !== eventTypes.mediaUploaded) return null;
			const { authorId, surface, live } = event.media;
			return { authorId, surface, language: null, live, isEdit: false, location: event.location };
		},
		recall({ mediaKey, authorId, surface, live, ...event }) {
			if (mediaKey === null) return null;
			const media = { authorId, surface, postId: null, live };
			const location = { kind: "object", objectKey: mediaKey } as const;
			return { type: eventTypes.mediaUploaded, media, location, ...eventOf(event) };
		},
		isLookedUpFirst: true,
		uploadOf: ({ location }) => uploadKeyOf(location),
		examine: (item) => (item.record.topic === topics.overflow ? inOverflow(item) : inTurn(item)),
	};
}

/** One platform gets so many of the places, whoever else is there: another's first picture waits for none of its. */
const mostOfOne = 0.75;
/** What a picture is taken for until it has been examined. */
const usualMs = 100;

/** Each holds its bytes in memory while it is at its place. One that takes a decoder long gives the place to those who do not. */
function placed<Out>(count: number, step: Step<PlacedMedia, Out>): Step<AdmittedMedia, Out> {
	const places = createFairPlaces({
		places: count,
		expectedMs: usualMs,
		mostOfOne: Math.max(1, Math.min(count - 1, Math.ceil(count * mostOfOne))),
	});
	return (item) =>
		places.run(ownerOf(item), async ({ leave }) => {
			await using untilExamined = createClosing();
			return await step({ leavePlace: leave, untilExamined, ...item });
		});
}

function evidenceOf({
	bytes,
	copy,
	mediaType,
	hashes,
	framePdqs,
	members,
	durationMs,
	excerpts,
	location,
}: ExaminedMedia): Examined["evidence"] {
	const first = hashes?.pdq ?? null;
	// Of a picture that other files stand behind, people decide with them: what is like it need not have them.
	const isJoined = first !== null && members.length > 0;
	const still = framePdqs.length === 0 && !isJoined ? first : null;
	// Of a video the first still is no more than the others: what is like it need not be like the video.
	const isPart = isJoined || (still === null && first?.shown !== undefined);
	const kept = hashes !== null && isPart ? { ...hashes, pdq: null } : hashes;
	const stills = durationMs === null || first === null ? [] : [first, ...framePdqs];
	const frames = framesOfVideo(stills);
	const likeness = still === null ? likenessOfVideo(stills) : likenessOfPicture(still);
	const same = kept === null ? null : ({ type: "sha256", hash: kept.sha256 } as const);
	const visible = members.filter(isVisible).map(({ path }) => path);
	// Of a video there are stills besides.
	const pictures = members.length === 0 ? null : isJoined && durationMs === null ? [thePicture, ...visible] : visible;
	const uploadKey = uploadKeyOf(location);
	return {
		text: null,
		bytes,
		isLarge: copy !== null,
		mediaType,
		hashes: kept,
		likeness,
		same,
		links: [],
		durationMs,
		pictures,
		frames,
		excerpts,
		uploadKey,
	};
}

function isVisible({ hashes, frames }: ExaminedMedia["members"][number]): boolean {
	return (hashes?.pdq ?? null) !== null || frames.length > 0;
}

function uploadKeyOf(location: MediaLocation): string | null {
	return location.kind === "object" ? location.objectKey : null;
}
