/** Bytes to work in, the same at each call, as many as the most that were asked for: what is allocated anew for each picture has to be collected. */
export function createRoom(): (bytes: number) => Uint8Array {
	let room = new Uint8Array(0);
	return (bytes) => {
		if (room.length < bytes) room = new Uint8Array(bytes);
		return room;
	};
}
