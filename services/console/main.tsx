import { evidenceCards } from "./evidence/cards.ts";
import { evidenceParts } from "./evidence/catalogue.ts";
import { startConsole } from "./shell/start-console.tsx";

startConsole({ parts: evidenceParts, cards: evidenceCards });
