/**
 * Starts work a little at a time, and lets the event loop answer in between: a broker hands over hundreds of records at once, and a
 * known hash among them must reach the record before all the others have been looked at. Lanes take turns, each in its own order.
 */
export function takeTurns<T>(start: (value: T) => void, perTurn: number): (lane: string, values: readonly T[]) => void {
	const lanes = new Map<string, T[]>();
	let isTurnDue = false;
	const turn = () => {
		isTurnDue = false;
		for (const [lane, waiting] of lanes) {
			for (const value of waiting.splice(0, perTurn)) start(value);
			if (waiting.length === 0) lanes.delete(lane);
		}
		askForTurn();
	};
	const askForTurn = () => {
		if (isTurnDue || lanes.size === 0) return;
		isTurnDue = true;
		setImmediate(turn);
	};
	return (lane, values) => {
		const waiting = lanes.get(lane) ?? [];
		waiting.push(...values);
		if (waiting.length > 0) lanes.set(lane, waiting);
		askForTurn();
	};
}
