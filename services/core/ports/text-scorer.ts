// Scores a post's text with one model, in the process itself: a linear model answers in microseconds.
export type TextScore =
	| {
			readonly kind: "scored";
			readonly category: string;
			readonly probability: number;
			readonly labels: Readonly<Record<string, number>>;
	  }
	/** The model knows none of the words: names, or no words at all. It has no opinion, which is not "clear". */
	| { readonly kind: "no-opinion" }
	| { readonly kind: "unavailable"; readonly reason: "not-finite" };

export interface TextScorer {
	readonly info: {
		readonly model: string;
		readonly version: string;
		readonly backend: string;
		readonly language: string;
	};
	score(text: string): TextScore;
}
