// How 256 bits are cut into slots, in a ring. Two hashes within q bits of each other are, in at least one slot, within that slot's
// radius, as long as the radii plus one each add up to more than q (pigeonhole). Around the ring more holds: from one of those slots
// on, any run of slots differs by less than its radii plus one each add up to (the cycle lemma; for search: Qin, Xiao, "Pigeonring",
// VLDB 2018). So an entry's next slot tells nearly all of those apart that only happen to be near in one. More slots need fewer
// buckets looked into, and more memory for each entry.
export interface Slot {
	readonly firstBit: number;
	readonly bits: number;
	/** The first ones, which choose a bucket. The rest, and the first of the next slot, are compared within it. */
	readonly keyBits: number;
	/** Bits in which a slot may differ when whole hashes differ in 31. */
	readonly radiusBits: number;
}

export const widestRadiusBits = 31;
const hashBits = 256;

/** The sizes were measured (npm run bench:matching); any of them is exact. */
export function geometryFor(entries: number): readonly Slot[] {
	if (entries <= 4_000_000) return cut(16, 1, within(10, 16, Math.round(Math.log2(entries / 12))));
	return cut(11, 2, 20);
}

function within(least: number, most: number, value: number): number {
	return Math.max(least, Math.min(most, value));
}

function cut(slots: number, radiusBits: number, keyBits: number): readonly Slot[] {
	const bounds = Array.from({ length: slots + 1 }, (_, slot) => Math.floor((slot * hashBits) / slots));
	let spare = slots * (radiusBits + 1) - (widestRadiusBits + 1);
	return Array.from({ length: slots }, (_, slot) => {
		const firstBit = bounds[slot] ?? 0;
		const width = (bounds[slot + 1] ?? hashBits) - firstBit;
		const saved = Math.min(spare, 1);
		spare -= saved;
		return {
			firstBit,
			bits: width,
			keyBits: Math.min(keyBits, width),
			radiusBits: radiusBits - saved,
		};
	});
}

/** Each slot's radius for a search within `radiusBits`; -1 where the slot need not be looked at. */
export function slotRadii(slots: readonly Slot[], radiusBits: number): readonly number[] {
	const radii = slots.map((slot) => slot.radiusBits);
	let spare = radii.reduce((sum, radius) => sum + radius + 1, 0) - (radiusBits + 1);
	for (; spare > 0; spare -= 1) {
		const widest = Math.max(...radii);
		radii[radii.indexOf(widest)] = widest - 1;
	}
	return radii;
}

/** All differences of up to `radiusBits` among `bits` bits, the smaller ones first. */
export function differences(bits: number, radiusBits: number): readonly number[] {
	let ring = [0];
	const all = [0];
	for (let distance = 1; distance <= radiusBits; distance += 1) {
		ring = ring.flatMap((mask) => {
			const above = mask === 0 ? 0 : 32 - Math.clz32(mask);
			return Array.from({ length: Math.max(0, bits - above) }, (_, bit) => mask | (1 << (above + bit)));
		});
		all.push(...ring);
	}
	return all;
}
