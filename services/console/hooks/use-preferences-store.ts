import { useEffect, useMemo, useState } from "preact/hooks";
import { defaultZone } from "../format/time.ts";
import { dictionaries } from "../language/dictionary.ts";
import { chooseLanguage, type LanguageCode } from "../language/language-code.ts";
import type { Preferences } from "../shell/console-context.ts";

const languageKey = "breakwater.language";
const zoneKey = "breakwater.zone";

/** Language and zone are all that this page keeps in the browser. */
export function usePreferencesStore(): Preferences {
	const [language, setLanguage] = useState<LanguageCode>(() =>
		chooseLanguage(localStorage.getItem(languageKey), navigator.languages),
	);
	const [isDeviceZone, setDeviceZone] = useState(() => localStorage.getItem(zoneKey) === "device");
	useEffect(() => {
		document.documentElement.lang = language;
	}, [language]);
	return useMemo(
		() => ({
			words: dictionaries[language],
			language,
			setLanguage(next) {
				localStorage.setItem(languageKey, next);
				setLanguage(next);
			},
			zone: isDeviceZone ? Intl.DateTimeFormat().resolvedOptions().timeZone : defaultZone,
			isDeviceZone,
			setDeviceZone(next) {
				localStorage.setItem(zoneKey, next ? "device" : "default");
				setDeviceZone(next);
			},
		}),
		[language, isDeviceZone],
	);
}
