// Platforms that do not take their orders: one source for Now, the queue and the case.
import type { PlatformsBehindAnswer } from "../../core/wire/stuck-api.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { orderReason } from "./order-reason.ts";

type PlatformBehind = PlatformsBehindAnswer["platforms"][number];

/** None until the first answer has come. */
export function usePlatformsBehind(): readonly PlatformBehind[] {
	const { client } = useDesk();
	const { value, reload } = useResource("platforms behind", () => client.platformsBehind());
	useReread(reload);
	return value?.platforms ?? [];
}

/** Above people's work: what is withheld here is not hidden there yet. `of` leaves the other platforms out. */
export function PlatformsBehindNotice({ of }: { readonly of?: string }) {
	const { stuck } = useWords();
	const behind = usePlatformsBehind().filter(({ platformName }) => of === undefined || platformName === of);
	if (behind.length === 0) return null;
	return (
		<div class="notice notice-problem">
			<p role="status">{stuck.behind}</p>
			<PlatformsBehindList behind={behind} />
		</div>
	);
}

export function PlatformsBehindList({ behind }: { readonly behind: readonly PlatformBehind[] }) {
	return (
		<ul>
			{behind.map((one) => (
				<li key={one.platformName}>
					<PlatformBehindLine behind={one} />
				</li>
			))}
		</ul>
	);
}

function PlatformBehindLine({ behind }: { readonly behind: PlatformBehind }) {
	const words = useWords();
	const { platformName, retried, givenUp, reason, since } = behind;
	return (
		<>
			{words.operations.now.platformOrders(platformName, retried, givenUp)}
			{reason !== null && ` · ${orderReason(reason, words)}`} · {words.stuck.behindSince} <Ago at={since} />
		</>
	);
}
