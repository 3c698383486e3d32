import { evidenceCards } from "../../../services/console/evidence/cards.ts";
import { evidenceParts } from "../../../services/console/evidence/catalogue.ts";
import { startConsole } from "../../../services/console/shell/start-console.tsx";
import { initials } from "./initials/declaration.ts";
import { LengthyCard } from "./lengthy/lengthy-card.tsx";
import { lengthyPart } from "./lengthy/lengthy-part.ts";

startConsole({
	parts: { ...evidenceParts, lengthy: lengthyPart },
	textHashes: { initials },
	cards: { ...evidenceCards, lengthy: { Card: LengthyCard } },
});
