import type { HashDeclaration } from "../hash-declaration.ts";
import { framesHash } from "../hash-forms.ts";
import { soundRadii, usableBlocks } from "./sound.ts";

/** What is heard of a video or a sound, whatever is seen (sound-words.ts). The hash names the blocks of its words, which are kept as frames of a video are. */
export const audioFingerprint = {
	of: "sound",
	...framesHash(usableBlocks),
	radii: soundRadii,
	names: { en: "Audio fingerprint", vi: "Dấu vân âm thanh" },
	said: {
		en: {
			title: () => "A known sound is heard in it",
			sentence: ({ bankName }) => `What is heard is in bank ${bankName}, whatever the pictures show`,
		},
		vi: {
			title: () => "Có âm thanh đã biết",
			sentence: ({ bankName }) => `Âm thanh nghe được có trong kho ${bankName}, dù hình ảnh là gì`,
		},
	},
	listNames: ["audio", "sound"],
	threatExchangeName: "HASH_AUDIO_FINGERPRINT",
} as const satisfies HashDeclaration;
