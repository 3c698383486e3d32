import { type LanguageCode, languageCodes } from "../language/language-code.ts";
import { usePreferences } from "./console-context.ts";

/** In their own language, so that whoever needs the other one finds it. */
const names: Readonly<Record<LanguageCode, string>> = { vi: "Tiếng Việt", en: "English" };

export function LanguageSwitch({ isShort = false }: { readonly isShort?: boolean }) {
	const { words, language, setLanguage } = usePreferences();
	return (
		<fieldset class="language-switch">
			<legend class="for-readers">{words.shell.language}</legend>
			{languageCodes.map((code) => (
				<button
					key={code}
					type="button"
					lang={code}
					aria-pressed={code === language}
					aria-label={isShort ? `${code.toUpperCase()} ${names[code]}` : undefined}
					onClick={() => setLanguage(code)}
				>
					{isShort ? code.toUpperCase() : names[code]}
				</button>
			))}
		</fieldset>
	);
}
