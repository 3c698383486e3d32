// What was heard of a file, beside what was seen of it.
import type { Sound } from "../../hashes/sound/sound.ts";
import type { ImageExamination } from "../../ports/image-examiner.ts";
import type { UnavailableReason } from "../../signals/unavailable/reasons.ts";

export interface Heard {
	/** Left out where there is none. */
	readonly sound?: Sound;
	/** Why it is not all of it; left out where it is. */
	readonly soundFault?: UnavailableReason;
}

export function withSound(seen: ImageExamination, { sound, soundFault }: Heard): ImageExamination {
	const heard = sound === undefined ? {} : { sound };
	const fault = soundFault === undefined ? {} : { soundFault };
	return seen.kind === "examined"
		? { ...seen, hashes: { ...seen.hashes, ...heard }, ...fault }
		: { ...seen, hashes: { ...seen.hashes, ...heard }, ...fault };
}

export function heardIn({ hashes: { sound }, soundFault }: ImageExamination): Heard {
	return { ...(sound && { sound }), ...(soundFault && { soundFault }) };
}
