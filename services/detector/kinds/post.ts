// A post: its text is held against the banks' known texts, and scored by its words.
import { eventTypes } from "../../core/wire/item-event.ts";
import { begin, next } from "../step.ts";
import { createMatchText, type MatchTextDeps } from "../steps/match-text.ts";
import { createScoreText, type ScoreTextDeps } from "../steps/score-text.ts";
import type { AdmittedPost, Examined } from "../values.ts";
import type { DetectorKind } from "./detector-kind.ts";

export type PostDeps = MatchTextDeps & ScoreTextDeps;

export function createPost(deps: PostDeps): DetectorKind<AdmittedPost> {
	return {
		kind: "post",
		admit(event) {
			if (event.type !== eventTypes.postPublished && event.type !== eventTypes.postEdited) return null;
			const { language = null, ...post } = event.post;
			return { ...post, language, isEdit: event.type === eventTypes.postEdited };
		},
		isLookedUpFirst: false,
		uploadOf: () => null,
		examine: begin(createMatchText(deps))
			.then(createScoreText(deps))
			.then<Examined>(async (item) => {
				const media = {
					bytes: null,
					mediaType: null,
					hashes: null,
					still: null,
					durationMs: null,
					frames: [],
					uploadKey: null,
				};
				return next({ ...item, evidence: { ...media, text: item.text } });
			}).run,
	};
}
