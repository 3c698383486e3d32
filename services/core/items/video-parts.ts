// Where a video's own file ends, and which parts of it hold no sound and no pictures that a player decodes: covers, notes and other files stand there.
// By its structure alone; of a file that is too large for memory it is read in pieces.
import { isoBoxes } from "./iso-boxes.ts";
import type { Part, Source } from "./source.ts";
import { videoTypeOf } from "./video-type.ts";

export interface VideoParts {
	readonly besides: readonly Part[];
	/** What comes after is no part of the video. */
	readonly end: number;
	/** There are more parts than are looked at. */
	readonly isMore: boolean;
}

const mediaBoxes = new Set(["ftyp", "mdat", "moof", "sidx", "ssix"]);
/** A film in parts of a second has some for each; who has more hides something behind them. */
const mostElements = 1_000_000;
const mostBesides = 10_000;

export function partsOfVideo(source: Source): VideoParts {
	switch (videoTypeOf(source.read(0, Math.min(source.length, 1_024)))) {
		case "video/webm":
		case "video/matroska":
			return partsOfMatroska(source);
		case "video/vnd.avi":
			return { besides: [], end: endOfAvi(source), isMore: false };
		case "video/mp2t":
			return { besides: [], end: endOfTransport(source), isMore: false };
		default:
			return partsOfIso(source);
	}
}

function partsOfIso(source: Source): VideoParts {
	const parts = createParts();
	let end = 0;
	for (const box of isoBoxes(source, 0)) {
		end = box.end;
		if (!mediaBoxes.has(box.type) && !parts.add({ from: box.at, to: box.end })) return parts.of(end, true);
	}
	return parts.of(end, false);
}

/** Those that stand next to one another are one. */
function createParts() {
	const besides: { from: number; to: number }[] = [];
	return {
		/** False where there is no room for it. */
		add({ from, to }: Part): boolean {
			const last = besides.at(-1);
			if (last?.to === from) last.to = to;
			else besides.push({ from, to });
			return besides.length <= mostBesides;
		},
		of: (end: number, isMore: boolean): VideoParts => ({ besides, end, isMore }),
	};
}

/** OpenDML: a large one has several, of which all but the first are named AVIX. */
function endOfAvi(source: Source): number {
	let end = 0;
	for (let at = 0; at + 12 <= source.length; at = end) {
		const head = source.read(at, at + 12);
		const isPart = head.toString("latin1", 0, 4) === "RIFF" && (at === 0 || head.toString("latin1", 8, 12) === "AVIX");
		if (!isPart) break;
		const size = head.readUInt32LE(4);
		end = Math.min(source.length, at + 8 + size + (size % 2));
	}
	return end;
}

const packetBytes = 188;
const packetSync = 0x47;
const packetsAtOnce = 5_000;

/** As far as one packet follows another. */
function endOfTransport(source: Source): number {
	for (let at = 0; ; ) {
		const piece = source.read(at, Math.min(source.length, at + packetBytes * packetsAtOnce));
		let packets = 0;
		while (piece[packets * packetBytes] === packetSync && (packets + 1) * packetBytes <= piece.length) packets += 1;
		at += packets * packetBytes;
		if (packets < packetsAtOnce) return at;
	}
}

/** Elements of Matroska (RFC 9559, 5 and 27.1), by their IDs. */
const ids = { head: 0x1a45dfa3, segment: 0x18538067, cluster: 0x1f43b675 } as const;
/** Those that hold neither sound nor frames. */
const besideIds = new Set([0x1941a469, 0x1254c367, 0x1043a770, 0x1549a966, 0xec]);
/** The other ones of a segment, and those of a cluster, which need not say where it ends. */
const otherIds = new Set([0x114d9b74, 0x1654ae6b, 0x1c53bb6b, 0xbf, 0xe7, 0xa3, 0xa0, 0xab, 0xa7, 0x5854]);

function partsOfMatroska(source: Source): VideoParts {
	const parts = createParts();
	// A segment that does not say where it ends does so with the last element that may stand in it.
	let end: number | null = null;
	let at = 0;
	for (let count = 0; at < (end ?? source.length); count += 1) {
		const element = elementAt(source, at);
		if (element === null || !isOfSegment(element, at)) break;
		const { id, from, to } = element;
		if (id === ids.segment) end ??= to;
		const isBeside = besideIds.has(id) && to !== null;
		if (count > mostElements || (isBeside && !parts.add({ from: at, to }))) return parts.of(end ?? at, true);
		at = id === ids.segment || to === null ? from : to;
	}
	return parts.of(end ?? at, false);
}

interface Element {
	readonly id: number;
	/** Where what is in it begins and ends; null where it does not say how long it is. */
	readonly from: number;
	readonly to: number | null;
}

/** Whether it belongs to the first segment of the file: another may follow, which is a file of its own. */
function isOfSegment({ id, to }: Element, at: number): boolean {
	if (id === ids.head) return at === 0;
	if (id === ids.segment || id === ids.cluster) return true;
	return to !== null && (besideIds.has(id) || otherIds.has(id));
}

/** Null where none begins. */
function elementAt(source: Source, at: number): Element | null {
	const head = source.read(at, Math.min(source.length, at + 12));
	const id = numberAt(head, 0, true);
	const size = id === null ? null : numberAt(head, id.bytes, false);
	if (id === null || size === null) return null;
	const from = at + id.bytes + size.bytes;
	return { id: id.value, from, to: size.isUnknown ? null : Math.min(source.length, from + size.value) };
}

/** RFC 8794, 4: as many leading zeros as there are bytes after the first; all ones where it is not known. */
function numberAt(head: Buffer, at: number, keepsMark: boolean) {
	const first = head[at] ?? 0;
	const bytes = Math.clz32(first) - 23;
	if (first === 0 || bytes > 8 || at + bytes > head.length) return null;
	let value = keepsMark ? first : first & (0xff >> bytes);
	let isUnknown = value === 0xff >> bytes;
	for (let byte = at + 1; byte < at + bytes; byte += 1) {
		isUnknown &&= head[byte] === 0xff;
		value = value * 256 + (head[byte] ?? 0);
	}
	return { value, bytes, isUnknown };
}
