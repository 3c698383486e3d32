import { useEffect } from "preact/hooks";
import type { CaseId } from "../../core/ids.ts";
import { useKeys } from "../keys/use-keys.ts";
import { FailedPanel, LoadingPanel } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { CaseDesk } from "./case-desk.tsx";
import { useOpenCase } from "./use-open-case.ts";

export function CaseScreen({ id }: { readonly id: CaseId }) {
	const words = useWords();
	const open = useOpenCase(id);
	const { go } = useDesk();
	useEffect(() => {
		document.title = `${words.casePage.title(shortIdOf(id))} · ${words.shell.name}`;
	}, [words, id]);
	// While there is no case on the screen yet; the desk below takes the keys over.
	useKeys({ scope: "plain", run: ({ kind }) => kind === "back" && go({ name: "queue" }) });
	return (
		<main id="content" class="page case">
			{open.detail === null && open.problem === null && <LoadingPanel />}
			{open.detail === null && open.problem !== null && <FailedPanel problem={open.problem} onRetry={open.reread} />}
			{open.detail !== null && <CaseDesk id={id} open={open} detail={open.detail} />}
		</main>
	);
}
