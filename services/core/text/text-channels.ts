// A text in two channels, as people read it: with its diacritics and without. Each character of either leads back to where it stood,
// so that what is found in a channel can be shown in the text.
import { shownText } from "./shown-text.ts";

export interface TextChannels {
	/** Lower case, composed, without what shows nothing; white space as single spaces. */
	readonly marked: string;
	/** The same without the marks over Latin, Greek and Cyrillic letters; those of other scripts are their vowels, and stay. */
	readonly plain: string;
	/** By character of the channel, the index in the text of the character that it comes from; one more for the end. */
	readonly markedOffsets: Uint32Array;
	readonly plainOffsets: Uint32Array;
}

interface Channel {
	readonly parts: string[];
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
	const [marked, plain] = [newChannel(text.length), newChannel(text.length)];
	eachReading(text, (reading, from) => {
		append(marked, reading.marked, from);
		append(plain, reading.plain, from);
	});
	return {
		marked: marked.parts.join(""),
		plain: plain.parts.join(""),
		markedOffsets: withEnd(marked, text.length),
		plainOffsets: withEnd(plain, text.length),
	};
}

/** In order, each with where its character begins. */
export function eachReading(text: string, take: (reading: Reading, from: number) => void): void {
	for (let from = 0; from < text.length; ) {
		const end = clusterEnd(text, from);
		take(end - from === 1 ? readingOfUnit(text.charCodeAt(from)) : readingOf(text.slice(from, end)), from);
		from = end;
	}
}

/** A character with the marks behind it, and what shows nothing between them. No longer than this, however many marks are piled up. */
const longestCluster = 32;
const joins = /^[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;

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

function readingOfUnit(code: number): Reading {
	const known = units[code];
	if (known !== undefined) return known;
	const reading = readingOf(String.fromCharCode(code));
	units[code] = reading;
	return reading;
}

function readingOf(cluster: string): Reading {
	const marked = shownText(shownText(cluster).normalize("NFKC")).toLowerCase().normalize("NFC").replace(/\s+/gu, " ");
	const plain = marked
		.normalize("NFD")
		.replace(/[\u0300-\u036f]/gu, "")
		.replaceAll("đ", "d")
		.normalize("NFC");
	return { marked, plain };
}

function newChannel(length: number): Channel {
	return { parts: [], offsets: new Uint32Array(length + 1), length: 0, endsInSpace: true };
}

function append(channel: Channel, piece: string, offset: number): void {
	if (piece === "" || (piece === " " && channel.endsInSpace)) return;
	channel.parts.push(piece);
	channel.endsInSpace = piece.endsWith(" ");
	for (let at = 0; at < piece.length; at += 1) {
		if (channel.length === channel.offsets.length) channel.offsets = grown(channel.offsets);
		channel.offsets[channel.length] = offset;
		channel.length += 1;
	}
}

/** One character may become many: a ligature, or the sign for a whole phrase. */
function grown(offsets: Uint32Array): Uint32Array {
	const larger = new Uint32Array(offsets.length * 2);
	larger.set(offsets);
	return larger;
}

function withEnd(channel: Channel, end: number): Uint32Array {
	const offsets = new Uint32Array(channel.length + 1);
	offsets.set(channel.offsets.subarray(0, channel.length));
	offsets[channel.length] = end;
	return offsets;
}
