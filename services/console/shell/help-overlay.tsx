import { useEffect, useRef } from "preact/hooks";
import { bindings, type Command } from "../keys/keymap.ts";
import { useKeys } from "../keys/use-keys.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "./console-context.ts";

const shownScopes = ["queue", "holding", "watching", "settled"] as const;

/** Drawn from the same table that the keyboard obeys. */
export function HelpOverlay({ onClose }: { readonly onClose: () => void }) {
	const words = useWords();
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		dialog.current?.showModal();
	}, []);
	useKeys({ scope: "dialog", run: onClose });
	return (
		<dialog ref={dialog} class="help" aria-labelledby="help-title" onCancel={onClose} onClose={onClose}>
			<div class="help-head">
				<h2 id="help-title">{words.shell.help.title}</h2>
				<button type="button" class="button" onClick={onClose}>
					{words.shell.help.close} <KeyHint of="Escape" />
				</button>
			</div>
			<p class="quiet">{words.shell.help.intro}</p>
			<div class="help-scopes">
				{shownScopes.map((scope) => (
					<section key={scope}>
						<h3>{words.shell.help.scopes[scope]}</h3>
						<dl>
							{rowsOf(scope).map(({ kind, keys }) => (
								<div key={kind}>
									<dt>
										{keys.map((key) => (
											<KeyHint key={key} of={key} />
										))}
									</dt>
									<dd>{words.shell.help.commands[kind]}</dd>
								</div>
							))}
						</dl>
					</section>
				))}
			</div>
		</dialog>
	);
}

/** One row per kind of command: the digits are one row, down and up are one. */
function rowsOf(scope: (typeof shownScopes)[number]) {
	const rows = new Map<Command["kind"], string[]>();
	for (const { command, keys, scopes } of bindings) {
		if (!scopes.includes(scope)) continue;
		rows.set(command.kind, [...(rows.get(command.kind) ?? []), ...keys]);
	}
	return [...rows].map(([kind, keys]) => ({ kind, keys }));
}
