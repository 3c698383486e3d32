// What is stuck, and the two ways out of it: records that could not be processed, jobs that are not done, orders that no platform
// took. Their content stays on the server.
import { type StuckKind, stuckKinds } from "../../core/stuck/stuck.ts";
import { OneOf } from "../parts/one-of.tsx";
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
			<OneOf
				label={texts.title}
				value={kind}
				codes={stuckKinds}
				textOf={(one) => texts.kinds[one].name}
				onChoose={(one) => go({ name: "stuck", kind: one })}
			/>
			<p class="quiet">{texts.kinds[kind].intro}</p>
			<Panel />
		</PlainPage>
	);
}
