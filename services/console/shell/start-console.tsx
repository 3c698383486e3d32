import { render } from "preact";
import { declareTextHash, type TextHashDeclaration } from "../../core/hashes/hash-type.ts";
import type { EvidenceCards } from "../evidence/cards.ts";
import { createEvidence, type EvidenceParts } from "../evidence/evidence.ts";
import { listenForKeys } from "../keys/use-keys.ts";
import { App } from "./app.tsx";
import { EvidenceContext } from "./console-context.ts";

interface ConsoleKinds {
	readonly parts: EvidenceParts;
	readonly cards: EvidenceCards;
	/** Types of hash besides those of the catalogue, by name. */
	readonly textHashes?: Readonly<Record<string, TextHashDeclaration>>;
}

/** Shows the console in the page's #root, with these kinds of signal and hash. */
export function startConsole({ parts, cards, textHashes = {} }: ConsoleKinds): void {
	for (const [name, declaration] of Object.entries(textHashes)) declareTextHash(name, declaration);
	const root = document.getElementById("root");
	if (root === null) throw new Error("index.html has no #root");
	listenForKeys();
	// Pictures are drawn on a canvas; without this the browser offers to save what is on it.
	document.addEventListener("contextmenu", (event) => {
		if (event.target instanceof HTMLCanvasElement) event.preventDefault();
	});
	render(
		<EvidenceContext.Provider value={{ evidence: createEvidence(parts), cards }}>
			<App />
		</EvidenceContext.Provider>,
		root,
	);
}
