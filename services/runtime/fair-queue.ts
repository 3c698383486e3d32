// Who is next where many wait for few: the platform that has had least time, of its surfaces the one that has had least, and of that the
// one that has waited longest. Pure: what each turn took is told, not measured here. How many may be at work is fair-places.ts' to say.

/** On whose behalf something waits. */
export interface Owner {
	readonly platform: string;
	readonly surface: string;
}

/** Whoever asks for nobody in particular. */
export const nobody: Owner = { platform: "", surface: "" };

export interface FairQueue<T> {
	add(owner: Owner, value: T): void;
	/** Takes the next one of the platforms that `isAllowed`; undefined where none of theirs waits. */
	take(isAllowed?: (platform: string) => boolean): { readonly owner: Owner; readonly value: T } | undefined;
	/** Adds to what its turns have taken, be it less than nothing: what a turn was expected to take is told first, and put right later. */
	charge(owner: Owner, ms: number): void;
	remove(owner: Owner, value: T): boolean;
	waitingOf(platform: string): number;
	/** Something waits, of another platform than this one. */
	isAwaitedBesides(platform: string): boolean;
	readonly size: number;
}

interface Share {
	takenMs: number;
}

/** Shares side by side. One that comes, or comes back, begins where the last turn began: it makes up for no time that it did not ask for. */
interface Shares<S extends Share> {
	readonly of: Map<string, S>;
	turnBeganMs: number;
}

interface Line<T> extends Share {
	readonly waiting: T[];
}

interface PlatformShare<T> extends Share {
	readonly surfaces: Shares<Line<T>>;
	waits: number;
}

export function createFairQueue<T>(): FairQueue<T> {
	const platforms: Shares<PlatformShare<T>> = { of: new Map(), turnBeganMs: 0 };
	let size = 0;
	const lineOf = ({ platform, surface }: Owner) => platforms.of.get(platform)?.surfaces.of.get(surface);
	const left = (share: PlatformShare<T>) => {
		share.waits -= 1;
		size -= 1;
	};
	return {
		add({ platform, surface }, value) {
			const share = joined(platforms, platform, ({ waits }) => waits > 0, {
				...{ takenMs: 0, waits: 0 },
				surfaces: { of: new Map(), turnBeganMs: 0 },
			});
			const line = joined(share.surfaces, surface, ({ waiting }) => waiting.length > 0, { takenMs: 0, waiting: [] });
			line.waiting.push(value);
			share.waits += 1;
			size += 1;
		},
		take(isAllowed = () => true) {
			const found = next(platforms, ({ waits }, platform) => waits > 0 && isAllowed(platform));
			if (found === undefined) return undefined;
			const [platform, share] = found;
			const [surface, line] = next(share.surfaces, ({ waiting }) => waiting.length > 0) ?? [];
			const value = line?.waiting.shift();
			if (surface === undefined || value === undefined) throw new Error("a platform that waits has a line that waits");
			left(share);
			return { owner: { platform, surface }, value };
		},
		charge(owner, ms) {
			const share = platforms.of.get(owner.platform);
			const line = lineOf(owner);
			if (share !== undefined) share.takenMs += ms;
			if (line !== undefined) line.takenMs += ms;
		},
		remove(owner, value) {
			const share = platforms.of.get(owner.platform);
			const line = lineOf(owner);
			const at = line?.waiting.indexOf(value) ?? -1;
			if (share === undefined || line === undefined || at < 0) return false;
			line.waiting.splice(at, 1);
			left(share);
			return true;
		},
		waitingOf: (platform) => platforms.of.get(platform)?.waits ?? 0,
		isAwaitedBesides: (platform) => size > (platforms.of.get(platform)?.waits ?? 0),
		get size() {
			return size;
		},
	};
}

function joined<S extends Share>(shares: Shares<S>, key: string, isWaiting: (share: S) => boolean, fresh: S): S {
	const share = shares.of.get(key) ?? fresh;
	if (!isWaiting(share)) share.takenMs = Math.max(share.takenMs, shares.turnBeganMs);
	shares.of.set(key, share);
	return share;
}

/** The one that has had least; of several the one that came first. */
function next<S extends Share>(
	shares: Shares<S>,
	isCandidate: (share: S, key: string) => boolean,
): readonly [string, S] | undefined {
	let least: readonly [string, S] | undefined;
	for (const [key, share] of shares.of)
		if (isCandidate(share, key) && (least === undefined || share.takenMs < least[1].takenMs)) least = [key, share];
	if (least !== undefined) shares.turnBeganMs = Math.max(shares.turnBeganMs, least[1].takenMs);
	return least;
}
