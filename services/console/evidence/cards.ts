// A card for each kind of signal; a kind without one does not compile.
import type { signalKinds } from "../../core/signals/catalogue.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { ClearCard } from "./clear/clear-card.tsx";
import { ContactsCard } from "./contacts/contacts-card.tsx";
import { DecidedCard } from "./decided/decided-card.tsx";
import type { EvidenceCard } from "./evidence-card.ts";
import { MatchCard } from "./matched/match-card.tsx";
import { RuleCard } from "./rule/rule-card.tsx";
import { ScoreCard } from "./scored/score-card.tsx";
import { UnavailableCard } from "./unavailable/unavailable-card.tsx";
import { UnexaminedCard } from "./unexamined/unexamined-card.tsx";
import { WrittenCard } from "./written/written-card.tsx";

export type EvidenceCards = Readonly<Record<string, EvidenceCard<Signal>>>;

export const evidenceCards = {
	matched: { Card: MatchCard },
	decided: { Card: DecidedCard },
	scored: { Card: ScoreCard },
	written: { Card: WrittenCard },
	rule: { Card: RuleCard },
	contacts: { Card: ContactsCard },
	clear: { Card: ClearCard },
	unavailable: { Card: UnavailableCard },
	unexamined: { Card: UnexaminedCard },
} as const satisfies EvidenceCards & Readonly<Record<keyof typeof signalKinds, unknown>>;
