// The field in which an expression is written: facts are completed while it is typed, and what is wrong is marked at its place. It stands
// in a shadow root, whose styles the page's Content-Security-Policy lets it bring.
import { autocompletion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CheckRuleAnswer, RuleFactsAnswer } from "../../core/wire/rules-api.ts";

interface EditorProps {
	readonly label: string;
	readonly value: string;
	readonly facts: RuleFactsAnswer;
	readonly faults: CheckRuleAnswer["faults"];
	readonly textOf: (fault: CheckRuleAnswer["faults"][number]) => string;
	readonly onInput: (value: string) => void;
}

const looks = EditorView.theme({
	"&": {
		border: "1px solid var(--line-strong)",
		borderRadius: "var(--radius)",
		background: "var(--surface)",
		color: "var(--text)",
		fontSize: "14px",
	},
	"&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
	".cm-content": { fontFamily: "var(--code)", minHeight: "6.5em", caretColor: "var(--text)", padding: "8px 0" },
	".cm-line": { padding: "0 10px" },
	".cm-cursor": { borderLeftColor: "var(--text)" },
	"&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
		background: "var(--accent-soft)",
	},
	".cm-lintRange-error": { background: "var(--alert-soft)", borderBottom: "2px solid var(--alert-line)" },
	".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--line-strong)" },
	".cm-tooltip-autocomplete ul": { fontFamily: "var(--code)" },
	".cm-tooltip-autocomplete ul li": { padding: "3px 8px" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
		background: "var(--accent)",
		color: "var(--on-accent)",
	},
	".cm-completionInfo": { padding: "6px 8px", maxWidth: "40ch" },
	".cm-completionMatchedText": { textDecoration: "underline" },
});

export function CodeEditor({ label, value, facts, faults, textOf, onInput }: EditorProps) {
	const frame = useRef<HTMLDivElement>(null);
	const view = useRef<EditorView | null>(null);
	const latest = useRef({ onInput, facts });
	latest.current = { onInput, facts };
	useLayoutEffect(() => {
		const at = frame.current;
		if (at === null) return;
		const root = at.shadowRoot ?? at.attachShadow({ mode: "open" });
		const opened = new EditorView({
			root,
			parent: root,
			state: EditorState.create({
				doc: value,
				extensions: [
					history(),
					drawSelection(),
					EditorView.lineWrapping,
					autocompletion({ override: [(context) => complete(context, latest.current.facts)], icons: false }),
					keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
					EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
					EditorView.updateListener.of((update) => {
						if (update.docChanged) latest.current.onInput(update.state.doc.toString());
					}),
					looks,
				],
			}),
		});
		view.current = opened;
		return () => {
			view.current = null;
			opened.destroy();
		};
	}, [label]);
	useLayoutEffect(() => {
		const { current } = view;
		if (current !== null) current.dispatch(setDiagnostics(current.state, marksOf(current.state, faults, textOf)));
	}, [faults]);
	return <div class="code-editor" ref={frame} />;
}

function complete(context: CompletionContext, { facts, calls }: RuleFactsAnswer) {
	const word = context.matchBefore(/[A-Za-z_][\w.]*/);
	if (word === null && !context.explicit) return null;
	return {
		from: word?.from ?? context.pos,
		validFor: /^[\w.]*$/,
		options: [
			...facts.map(({ name, type, says }) => ({ label: name, detail: type, info: says, boost: 1 })),
			...facts.flatMap(({ spelling: label, type, says }) =>
				label === undefined ? [] : { label, detail: type, info: says },
			),
			...calls.map((label) => ({ label, detail: "()" })),
		],
	};
}

/** The word at the fault's place, or else the rest of its line. */
function marksOf(
	{ doc }: EditorState,
	faults: EditorProps["faults"],
	textOf: EditorProps["textOf"],
): readonly Diagnostic[] {
	return faults.map((fault): Diagnostic => {
		const line = doc.line(Math.min(fault.line, doc.lines));
		const from = Math.min(line.from + fault.column - 1, line.to);
		const word = /^\w+/.exec(doc.sliceString(from, line.to))?.[0].length;
		const to = word === undefined ? Math.max(line.to, from) : from + word;
		return { from, to, severity: "error", message: textOf(fault) };
	});
}
