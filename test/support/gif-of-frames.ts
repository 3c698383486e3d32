/**
 * An animation of GIFs of one frame each, all of one size, each shown for so long. To have an encoder make it would choose the colors of each frame
 * anew, equal ones as well, which takes a second for every fifty.
 */
export function gifOfFrames(frames: readonly Buffer[], delayMs: number): Buffer {
	const [first] = frames;
	if (first === undefined) throw new Error("an animation has frames");
	const screen = Buffer.from(first.subarray(0, 13));
	// No colors for all.
	screen[10] = 0x70;
	const forever = Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00", "latin1");
	const control = Buffer.from([0x21, 0xf9, 4, 4, 0, 0, 0, 0]);
	control.writeUInt16LE(delayMs / 10, 4);
	const shown = frames.flatMap((frame) => [control, imageOf(frame)]);
	return Buffer.concat([screen, forever, ...shown, Buffer.from([0x3b])]);
}

/** The frame with its colors, in the form that stands within an animation. */
function imageOf(gif: Buffer): Buffer {
	const shared = colorsAt(gif, 10, 13);
	let at = 13 + shared.length;
	while (gif[at] === 0x21) at = endOfBlocks(gif, at + 2);
	const descriptor = Buffer.from(gif.subarray(at, at + 10));
	const own = colorsAt(gif, at + 9, at + 10);
	const data = at + 10 + own.length;
	if (own.length === 0) descriptor[9] = ((descriptor[9] ?? 0) & 0x40) | ((gif[10] ?? 0) & 0x87);
	const colors = own.length === 0 ? shared : own;
	return Buffer.concat([descriptor, colors, gif.subarray(data, endOfBlocks(gif, data + 1))]);
}

function colorsAt(gif: Buffer, flagsAt: number, from: number): Buffer {
	const flags = gif[flagsAt] ?? 0;
	return gif.subarray(from, from + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0));
}

function endOfBlocks(gif: Buffer, from: number): number {
	let at = from;
	while ((gif[at] ?? 0) !== 0) at += 1 + (gif[at] ?? 0);
	return at + 1;
}
