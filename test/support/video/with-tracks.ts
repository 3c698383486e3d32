/** An MP4 whose every track is there so many times. Its description has to follow what it describes, as where nobody asked for a quick start. */
export function withTracks(mp4: Buffer, times: number): Buffer {
	const described = find(mp4, "moov", 0, mp4.length);
	const track = find(mp4, "trak", described.from + 8, described.to);
	const one = mp4.subarray(track.from, track.to);
	const more = Buffer.concat(Array.from({ length: times - 1 }, () => one));
	const grown = Buffer.concat([mp4.subarray(0, track.to), more, mp4.subarray(track.to)]);
	grown.writeUInt32BE(described.to - described.from + more.length, described.from);
	return grown;
}

interface Box {
	readonly from: number;
	readonly to: number;
}

function find(mp4: Buffer, name: string, from: number, to: number): Box {
	for (let at = from; at + 8 <= to; ) {
		const box = { from: at, to: at + mp4.readUInt32BE(at) };
		if (mp4.toString("latin1", at + 4, at + 8) === name) return box;
		at = box.to;
	}
	throw new Error(`the file has no ${name}`);
}
