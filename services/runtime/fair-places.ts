// A number of places at which something may be at work at once; who waits for one is let in by fair-queue.ts.
import { createFairQueue, type Owner } from "./fair-queue.ts";

export interface Place {
	/** Gives the place back before the task has ended. */
	leave(): void;
}

export interface FairPlaces {
	/** Runs the task at a place, once there is one for its owner. */
	run<T>(owner: Owner, task: (place: Place) => Promise<T>): Promise<T>;
	/** A place at once, without waiting; null where there is none. */
	tryTake(owner: Owner): Place | null;
	/** How many of a platform's are at work. */
	heldBy(platform: string): number;
	/** One of another platform waits. */
	isAwaitedBesides(platform: string): boolean;
	waitingOf(platform: string): number;
	readonly waiting: number;
}

export interface FairPlacesOptions {
	readonly places: number;
	/** How many places one platform gets at most, whoever else is there: another's first then waits for nobody. */
	readonly mostOfOne?: number;
	/** What a turn is taken for until it has ended; its first guess at a platform's next. */
	readonly expectedMs: number;
	/** Milliseconds, of a clock that never goes back. */
	readonly now?: () => number;
}

export function createFairPlaces(options: FairPlacesOptions): FairPlaces {
	const { places, mostOfOne = places, expectedMs, now = () => performance.now() } = options;
	const queue = createFairQueue<(place: Place) => void>();
	const held = new Map<string, number>();
	let free = places;

	const mayEnter = (platform: string) => (held.get(platform) ?? 0) < mostOfOne;
	const enter = (owner: Owner): Place => {
		free -= 1;
		held.set(owner.platform, (held.get(owner.platform) ?? 0) + 1);
		queue.charge(owner, expectedMs);
		const sinceMs = now();
		let isLeft = false;
		return {
			leave() {
				if (isLeft) return;
				isLeft = true;
				free += 1;
				const left = (held.get(owner.platform) ?? 1) - 1;
				if (left > 0) held.set(owner.platform, left);
				else held.delete(owner.platform);
				queue.charge(owner, now() - sinceMs - expectedMs);
				letIn();
			},
		};
	};
	const letIn = () => {
		while (free > 0) {
			const waiting = queue.take(mayEnter);
			if (waiting === undefined) return;
			waiting.value(enter(waiting.owner));
		}
	};
	return {
		async run(owner, task) {
			const place = await new Promise<Place>((resolve) => {
				queue.add(owner, resolve);
				letIn();
			});
			try {
				return await task(place);
			} finally {
				place.leave();
			}
		},
		tryTake: (owner) => (free > 0 && queue.size === 0 && mayEnter(owner.platform) ? enter(owner) : null),
		heldBy: (platform) => held.get(platform) ?? 0,
		waitingOf: (platform) => queue.waitingOf(platform),
		isAwaitedBesides: (platform) => queue.isAwaitedBesides(platform),
		get waiting() {
			return queue.size;
		},
	};
}
