// Files that stand in a picture's own, cut out of it: the film of a moving photograph, an archive behind the pixels.
import { filesBehind } from "../../core/items/picture/files-behind.ts";
import type { ReadContainer } from "./unpacked.ts";

export const readJoined: ReadContainer = async (bytes, { from, members }, take) => {
	const { files, isMore } = filesBehind(bytes);
	for (const [at, file] of files.entries()) {
		if (at < from) continue;
		if (at >= members) return "members-not-read";
		if (!take({ name: `file ${at + 1} behind`, bytes: bytes.slice(file.from, file.to) })) return null;
	}
	return isMore ? "members-not-read" : null;
};
