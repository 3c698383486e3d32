import { render } from "preact";
import type { EvidenceCards } from "../evidence/cards.ts";
import { createEvidence, type EvidenceParts } from "../evidence/evidence.ts";
import { listenForKeys } from "../keys/use-keys.ts";
import { App } from "./app.tsx";
import { EvidenceContext } from "./console-context.ts";

/** Shows the console in the page's #root, with these kinds of signal. */
export function startConsole({ parts, cards }: { readonly parts: EvidenceParts; readonly cards: EvidenceCards }): void {
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
