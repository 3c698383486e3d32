// A post: its text is held against the banks' known texts, files in it are examined, it is scored by its words, and where it
// stands in a conversation its author's contacts are counted.
import { likenessOfPost, samePost } from "../../core/clusters/likeness.ts";
import { countedLinks } from "../../core/outbreaks/post-links.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { eventTypes } from "../../core/wire/item-event.ts";
import { begin, next } from "../step.ts";
import { createExamineEmbedded, type ExamineEmbeddedDeps } from "../steps/examine-embedded.ts";
import { createGatherContacts, type GatherContactsDeps } from "../steps/gather-contacts.ts";
import { createMatchText, type MatchTextDeps } from "../steps/match-text.ts";
import { createScoreText, type ScoreTextDeps } from "../steps/score-text.ts";
import type { AdmittedPost, Examined } from "../values.ts";
import { type DetectorKind, eventOf } from "./detector-kind.ts";

export type PostDeps = MatchTextDeps & ExamineEmbeddedDeps & ScoreTextDeps & GatherContactsDeps;

const noMedia = {
	bytes: null,
	isLarge: false,
	mediaType: null,
	hashes: null,
	durationMs: null,
	pictures: null,
	frames: [],
	excerpts: [],
	uploadKey: null,
};

export function createPost(deps: PostDeps): DetectorKind<AdmittedPost> {
	return {
		kind: "post",
		admit(event) {
			if (event.type !== eventTypes.postPublished && event.type !== eventTypes.postEdited) return null;
			const { text, authorId, surface, language = null } = event.post;
			return { text, authorId, surface, language, live: null, isEdit: event.type === eventTypes.postEdited };
		},
		recall({ text, authorId, surface, ...event }) {
			return text === null
				? null
				: { type: eventTypes.postPublished, post: { text, authorId, surface }, ...eventOf(event) };
		},
		isLookedUpFirst: false,
		uploadOf: () => null,
		examine: begin(createMatchText(deps))
			.then(createExamineEmbedded(deps))
			.then(createScoreText(deps))
			.then(createGatherContacts(deps))
			.then<Examined>(async (item) => {
				const { text } = item;
				const mayCompare = !isUnexamined(item.signals, "matched");
				const likeness = mayCompare ? likenessOfPost(text) : null;
				const links = mayCompare ? countedLinks(text) : [];
				return next({ evidence: { text, links, likeness, same: samePost(text, likeness), ...noMedia }, ...item });
			}).run,
	};
}
