// What every screen may need: the client, who is signed in, the words, the clock, the way to other screens.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Permission } from "../../core/people/user.ts";
import type { CaseLane } from "../../core/ports/case-store.ts";
import type { LiveEvent, SessionAnswer } from "../../core/wire/review-api.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { ActWords } from "../../words/act-sentence.ts";
import { english as englishActs } from "../../words/acts.en.ts";
import { vietnamese as vietnameseActs } from "../../words/acts.vi.ts";
import { type Statement, sentence } from "../../words/statement.ts";
import { english } from "../../words/statements.en.ts";
import { vietnamese } from "../../words/statements.vi.ts";
import type { ConnectionState } from "../api/live-events.ts";
import type { ReviewClient } from "../api/review-client.ts";
import type { EvidenceCards } from "../evidence/cards.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Dictionary } from "../language/dictionary.ts";
import type { LanguageCode } from "../language/language-code.ts";
import type { Route } from "./route.ts";

export interface Preferences {
	readonly words: Dictionary;
	readonly language: LanguageCode;
	setLanguage(language: LanguageCode): void;
	/** IANA name; times are shown in it. */
	readonly zone: string;
	readonly isDeviceZone: boolean;
	setDeviceZone(isDeviceZone: boolean): void;
}

export const PreferencesContext = createContext<Preferences | null>(null);

export interface Desk {
	readonly client: ReviewClient;
	readonly session: SessionAnswer;
	readonly connection: ConnectionState;
	/** The server's clock in Unix milliseconds. */
	nowMs(): number;
	may(permission: Permission): boolean;
	onLive(listener: (event: LiveEvent) => void): () => void;
	/** Calls back whenever the server, or its record, is there again: what is shown may be out of date. */
	onBack(listener: () => void): () => void;
	/** Reads the exposure again, after something was shown. */
	refreshSession(): void;
	go(route: Route): void;
	/** Goes to a case that was just taken, with what the server said of it. */
	goToTaken(detail: WireCaseDetail): void;
	/** What {@link goToTaken} left for this case, once. */
	takeHandedOver(id: string): WireCaseDetail | null;
	showHelp(): void;
	/** The lane that this person works in; null for all. It stays while they go from case to case. */
	readonly lane: CaseLane | null;
	setLane(lane: CaseLane | null): void;
}

export const DeskContext = createContext<Desk | null>(null);

/** How signals are said and shown; a page may be given more kinds. */
export const EvidenceContext = createContext<{ readonly evidence: Evidence; readonly cards: EvidenceCards } | null>(
	null,
);

function useEvidenceContext() {
	const context = useContext(EvidenceContext);
	if (context === null) throw new Error("the kinds of signal are missing above this component");
	return context;
}

export function useEvidence(): Evidence {
	return useEvidenceContext().evidence;
}

export function useCards(): EvidenceCards {
	return useEvidenceContext().cards;
}

export function usePreferences(): Preferences {
	const preferences = useContext(PreferencesContext);
	if (preferences === null) throw new Error("preferences are missing above this component");
	return preferences;
}

const statements = { en: english, vi: vietnamese };

/** Says what the server sent as a code with its parameters. */
export function useSays(): (said: Statement) => string {
	const { language } = usePreferences();
	return (said) => sentence(statements[language], said);
}

const actWords = { en: englishActs, vi: vietnameseActs };

export function useActWords(): ActWords {
	return actWords[usePreferences().language];
}

export function useWords(): Dictionary {
	return usePreferences().words;
}

/** Only below the signed-in part of the page. */
export function useDesk(): Desk {
	const desk = useContext(DeskContext);
	if (desk === null) throw new Error("the desk is missing above this component");
	return desk;
}
