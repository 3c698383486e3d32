// What is stuck, and the two ways out of it: records that could not be processed, jobs that are not done, orders that no platform
// took. Their content stays on the server.
import { type StuckKind, stuckKinds } from "../../core/stuck/stuck.ts";
import { useDesk, useWords } from "../shell/console-context.ts";
import { PlainPage } from "../shell/plain-page.tsx";
import { StuckJobs } from "./stuck-jobs.tsx";
import { StuckLetters } from "./stuck-letters.tsx";
import { StuckOrders } from "./stuck-orders.tsx";

const panels = { "dead-letter": StuckLetters, job: StuckJobs, order: StuckOrders } as const satisfies Record<
	StuckKind,
	unknown
>;

export function StuckScreen({ kind }: { readonly kind: StuckKind }) {
	const texts = useWords().stuck;
	const { go } = useDesk();
	const Panel = panels[kind];
	return (
		<PlainPage title={texts.title} class="stuck">
			<fieldset class="choice">
				<legend class="for-readers">{texts.title}</legend>
				{stuckKinds.map((one) => (
					<button key={one} type="button" aria-pressed={kind === one} onClick={() => go({ name: "stuck", kind: one })}>
						{texts.kinds[one].name}
					</button>
				))}
			</fieldset>
			<p class="quiet">{texts.kinds[kind].intro}</p>
			<Panel />
		</PlainPage>
	);
}
