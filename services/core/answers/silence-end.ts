// Until when nobody is told may be asked for: a moment ahead, or none, which is until somebody ends it.

/** One that would be over as it begins holds nothing back: whoever asks for it has mistaken the time. */
export function isSilenceAhead(until: Date | null, now: Date): boolean {
	return until === null || until > now;
}
