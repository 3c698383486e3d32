/** Rounds of each side. */
export const rounds = 5;

/** Both sides take turns; of each the best round counts. */
export async function inTurns<O, P>(
	ours: () => Promise<O>,
	peers: () => Promise<P>,
): Promise<{ ours: O[]; peers: P[] }> {
	const answers: { ours: O[]; peers: P[] } = { ours: [], peers: [] };
	for (let round = 0; round < rounds; round += 1) {
		answers.ours.push(await ours());
		answers.peers.push(await peers());
	}
	return answers;
}
