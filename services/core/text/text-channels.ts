// A text in two channels, as people read it: with its diacritics and without. Each character of either leads back to where it stood,
// so that what is found in a channel can be shown in the text.
import { shownText } from "./shown-text.ts";
import { withoutMarks } from "./without-marks.ts";

export interface TextChannels {
	/** Lower case, composed, without what shows nothing; white space as single spaces. */
	readonly marked: string;
	/** The same without the marks over Latin, Greek and Cyrillic letters; those of other scripts are their vowels, and stay. */
	readonly plain: string;
	/** By character of the channel, the index in the text of the character that it comes from; one more for the end. */
	readonly markedOffsets: Uint32Array;
	readonly plainOffsets: Uint32Array;
}

/** A channel's characters as numbers, and where in the text each comes from; one more for the end. */
export interface ChannelUnits {
	readonly units: Uint16Array;
	readonly offsets: Uint32Array;
}

const space = 0x20;

interface Channel {
	units: Uint16Array;
	offsets: Uint32Array;
	length: number;
	endsInSpace: boolean;
}

/** How one character is read in each channel; a space may follow another one here. */
export interface Reading {
	readonly marked: string;
	readonly plain: string;
}

export function readChannels(text: string): TextChannels {
	const { marked, plain } = readChannelUnits(text);
	return {
		marked: toText(marked.units),
		plain: toText(plain.units),
		markedOffsets: marked.offsets,
		plainOffsets: plain.offsets,
	};
}

/** The same as numbers, for whoever needs no texts. */
export function readChannelUnits(text: string): { readonly marked: ChannelUnits; readonly plain: ChannelUnits } {
	const [marked, plain] = [newChannel(text.length), newChannel(text.length)];
	for (let from = 0; from < text.length; ) {
		from = appendSingles(text, from, marked, plain);
		if (from === text.length) break;
		const end = isAlone(text, from) ? from + 1 : clusterEnd(text, from);
		const reading = end - from === 1 ? readingOfUnit(text.charCodeAt(from)) : readingOf(text.slice(from, end));
		append(marked, reading.marked, from);
		append(plain, reading.plain, from);
		from = end;
	}
	return { marked: finished(marked, text.length), plain: finished(plain, text.length) };
}

/** By unit: what it is in both channels, where it is one unit in each; 0 where it is not, or nobody has asked. */
const singles = { marked: new Uint16Array(0x10000), plain: new Uint16Array(0x10000) };
const isAsked = new Uint8Array(0x10000);

/** Nearly all of any text: characters of one unit that stay one. Answers where the first other one stands. */
function appendSingles(text: string, from: number, marked: Channel, plain: Channel): number {
	const room = Math.min(marked.offsets.length - marked.length, plain.offsets.length - plain.length) - 1;
	const end = Math.min(text.length, from + room);
	let [atMarked, atPlain, at] = [marked.length, plain.length, from];
	let [markedSpace, plainSpace] = [marked.endsInSpace, plain.endsInSpace];
	for (; at < end && isAlone(text, at); at += 1) {
		const code = text.charCodeAt(at);
		if (isAsked[code] === 0) askSingle(code);
		const [inMarked, inPlain] = [singles.marked[code] ?? 0, singles.plain[code] ?? 0];
		if (inMarked === 0) break;
		if (inMarked !== space || !markedSpace) {
			marked.units[atMarked] = inMarked;
			marked.offsets[atMarked] = at;
			atMarked += 1;
		}
		if (inPlain !== space || !plainSpace) {
			plain.units[atPlain] = inPlain;
			plain.offsets[atPlain] = at;
			atPlain += 1;
		}
		[markedSpace, plainSpace] = [inMarked === space, inPlain === space];
	}
	[marked.length, marked.endsInSpace] = [atMarked, markedSpace];
	[plain.length, plain.endsInSpace] = [atPlain, plainSpace];
	return at;
}

function askSingle(code: number): void {
	isAsked[code] = 1;
	const { marked, plain } = readingOfUnit(code);
	if (marked.length !== 1 || plain.length !== 1) return;
	singles.marked[code] = marked.charCodeAt(0);
	singles.plain[code] = plain.charCodeAt(0);
}

/** The character that begins here, with what joins it, and where the next one begins. */
export function readingAt(text: string, from: number): Reading & { readonly end: number } {
	const end = isAlone(text, from) ? from + 1 : clusterEnd(text, from);
	const reading = end - from === 1 ? readingOfUnit(text.charCodeAt(from)) : readingOf(text.slice(from, end));
	return { marked: reading.marked, plain: reading.plain, end };
}

/** In order, each with where its character begins. */
export function eachReading(text: string, take: (reading: Reading, from: number) => void): void {
	for (let from = 0; from < text.length; ) {
		const reading = readingAt(text, from);
		take(reading, from);
		from = reading.end;
	}
}

/** A character with the marks behind it, and what shows nothing between them. No longer than this, however many marks are piled up. */
const longestCluster = 32;
const joins = /^[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;

/** Whether a unit is a character by itself, for the one behind it joins nothing: nearly all text is so. */
function isAlone(text: string, from: number): boolean {
	return areApart(text.charCodeAt(from), text.charCodeAt(from + 1));
}

/** `next` is NaN at the end of a text. */
export function areApart(code: number, next: number): boolean {
	if (code >= 0xd800 && code < 0xdc00) return false;
	return !(next >= 0x300 || next === 0xad) || (next >= 0x1e00 && next < 0x2000);
}

function clusterEnd(text: string, from: number): number {
	let end = from + unitsAt(text, from);
	while (end < text.length && end - from < longestCluster) {
		const code = text.charCodeAt(end);
		// Nothing below joins what is before it; nearly all text is there.
		if (code < 0x300 && code !== 0xad) break;
		if ((code >= 0x1e00 && code < 0x2000) || !joins.test(text.slice(end, end + unitsAt(text, end)))) break;
		end += unitsAt(text, end);
	}
	return end;
}

function unitsAt(text: string, at: number): number {
	return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

const units: (Reading | undefined)[] = [];

export function readingOfUnit(code: number): Reading {
	const known = units[code];
	if (known !== undefined) return known;
	const reading = readingOf(String.fromCharCode(code));
	units[code] = reading;
	return reading;
}

function readingOf(cluster: string): Reading {
	const marked = shownText(shownText(cluster).normalize("NFKC")).toLowerCase().normalize("NFC").replace(/\s+/gu, " ");
	return { marked, plain: withoutMarks(marked) };
}

function newChannel(length: number): Channel {
	const [units, offsets] = [new Uint16Array(length + 1), new Uint32Array(length + 1)];
	return { units, offsets, length: 0, endsInSpace: true };
}

function append(channel: Channel, piece: string, offset: number): void {
	for (let at = 0; at < piece.length; at += 1) {
		const code = piece.charCodeAt(at);
		// A space behind another, by itself; within a sign for a whole phrase there is none.
		if (code === space && channel.endsInSpace && piece.length === 1) return;
		// One may become many (a ligature), and one more is kept for the end.
		if (channel.length + 1 === channel.offsets.length) grow(channel);
		channel.units[channel.length] = code;
		channel.offsets[channel.length] = offset;
		channel.length += 1;
		channel.endsInSpace = code === space;
	}
}

function grow(channel: Channel): void {
	const [units, offsets] = [
		new Uint16Array(channel.units.length * 2 + 2),
		new Uint32Array(channel.offsets.length * 2 + 2),
	];
	units.set(channel.units);
	offsets.set(channel.offsets);
	channel.units = units;
	channel.offsets = offsets;
}

function finished({ units, offsets, length }: Channel, end: number): ChannelUnits {
	offsets[length] = end;
	return { units: units.subarray(0, length), offsets: offsets.subarray(0, length + 1) };
}

/** As many arguments as a call may have anywhere. */
const piece = 8_192;

function toText(units: Uint16Array): string {
	let text = "";
	for (let from = 0; from < units.length; from += piece)
		text += String.fromCharCode(...units.subarray(from, from + piece));
	return text;
}
