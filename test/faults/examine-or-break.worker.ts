// What a worker process runs in tests of decoders that break: the real examination, unless the picture ends in a mark that names a
// way to break.
import examineImage, { type ExamineInput } from "../../services/adapters/sharp/examine-image.worker.ts";
import { breakAsMarked } from "../support/break-as-marked.ts";

export default async function examineOrBreak(input: ExamineInput) {
	breakAsMarked(input.bytes);
	return examineImage(input);
}
