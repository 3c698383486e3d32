import type { HashDeclaration } from "../hash-declaration.ts";
import { framesHash } from "../hash-forms.ts";
import { usableFrames } from "./usable-frames.ts";

/**
 * vPDQ, after ThreatExchange's: a video is the PDQ of its frames. The hash names the list of them (hash-of-frames.ts); what matches is told
 * by the frames, within the bits that banks set for PDQ.
 */
export const vpdq = {
	of: "video",
	...framesHash(usableFrames),
	names: { en: "vPDQ", vi: "vPDQ" },
	said: {
		en: {
			title: () => "Near copy of a known video",
			sentence: ({ bankName, shareOfItem }) =>
				`${Math.round(shareOfItem * 100)} % of the video's stills are those of a known video of bank ${bankName}`,
		},
		vi: {
			title: () => "Bản gần giống một video đã biết",
			sentence: ({ bankName, shareOfItem }) =>
				`${Math.round(shareOfItem * 100)} % khung hình của video là của một video đã biết trong kho ${bankName}`,
		},
	},
	listNames: ["VideoPDQ", "video vPDQ", "vPDQ hash"],
	threatExchangeName: "HASH_VIDEO_VPDQ",
} as const satisfies HashDeclaration;
