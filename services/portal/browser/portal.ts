// What scripts add to pages that work without them: the proof of work while the report form is filled in, and the help pages offline.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import type { Challenge } from "altcha-lib/types";
import "./portal.css";

async function work(form: HTMLFormElement): Promise<void> {
	const challenge: Challenge = JSON.parse(form.dataset.challenge ?? "");
	const solution = await solveChallenge({ challenge, deriveKey });
	const field = form.elements.namedItem("work");
	if (solution !== null && field instanceof HTMLInputElement) field.value = JSON.stringify({ challenge, solution });
}

const form = document.querySelector<HTMLFormElement>("form[data-challenge]");
if (form !== null && isSecureContext) {
	// Where it fails, the report is sent as one of a browser without scripts.
	const worked = work(form).catch(() => undefined);
	form.addEventListener(
		"submit",
		(event) => {
			event.preventDefault();
			const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
			if (button !== null) button.disabled = true;
			void worked.then(() => form.submit());
		},
		{ once: true },
	);
	// Back from the next page, the button works again.
	window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

document.querySelector<HTMLElement>(".faults")?.focus();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);
