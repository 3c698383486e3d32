// What a worker process runs in tests of video decoders that break: the real examination, unless the video ends in a mark that names a way to break.
import examineVideo, { type ExamineVideoInput } from "../../services/adapters/ffmpeg/examine-video.worker.ts";
import { breakAsMarked } from "../support/break-as-marked.ts";

export default async function examineVideoOrBreak(input: ExamineVideoInput, tell: Parameters<typeof examineVideo>[1]) {
	if (input.source instanceof Uint8Array) breakAsMarked(input.source);
	return examineVideo(input, tell);
}
