export const evidence = {
	title: "Why it is here",
	none: "No detector found anything in this item.",
	detector: {
		hash: "Known hashes",
		model: "Model",
		text: "Known texts",
		media: "Media",
		words: "Words in pictures",
		rule: "Rule",
		contacts: "Contacts",
	},
	version: "Version",
	andMore: (count: string, bank: string) =>
		`And ${count} more of bank ${bank} that are like these and no nearer; the decision rests on the ones shown.`,
	revision: (revision: number) => `Decided under policy revision ${revision}`,
	/** After a time. */
	judgedAgain: {
		examined: "reported, and looked at again by all detectors.",
		"not-held":
			"reported, and judged again by banks and policy alone: what it shows or says is not held any more, so that no model could be asked again. What models say of it is from then.",
		"not-permitted": "reported, and judged again: no law lets models look there now.",
		unavailable: "reported, and looked at again: not everything could be computed.",
		unasked: "reported: it was hidden or gone already, or judged before detectors were asked again.",
	},
	diverted: "People decide what the machine would have withheld at once, because a breaker was open:",
	orders: {
		title: "Orders to the platform",
		none: "No order has been issued.",
		attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
		version: (version: number) => `v${version}`,
	},
};
