// What a worker process runs in tests of unpackers that break: the real unpacking, unless the container ends in a mark that names a way to break.
import unpack, { type UnpackInput } from "../../services/adapters/containers/unpack.worker.ts";
import { breakAsMarked } from "../support/break-as-marked.ts";

export default async function unpackOrBreak(input: UnpackInput) {
	breakAsMarked(input.bytes);
	return unpack(input);
}
