export const evidence = {
	title: "Why it is here",
	none: "No detector found anything in this item.",
	detector: { hash: "Known hashes", model: "Model", text: "Known texts", media: "Media", rule: "Rule" },
	version: "Version",
	andMore: (count: string, bank: string) =>
		`And ${count} more of bank ${bank} that are like these and no nearer; the decision rests on the ones shown.`,
	revision: (revision: number) => `Decided under policy revision ${revision}`,
	diverted: "People decide what the machine would have withheld at once, because a breaker was open:",
	orders: {
		title: "Orders to the platform",
		none: "No order has been issued.",
		attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
		version: (version: number) => `v${version}`,
	},
};
