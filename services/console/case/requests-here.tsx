import type { WireRequest } from "../../core/wire/review-case.ts";
import { type Fact, Facts } from "../parts/facts.tsx";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

/** What authorities ask for of what the case is about. Addresses are text, never links: nobody opens one by mistake. */
export function RequestsHere({ requests }: { readonly requests: readonly WireRequest[] }) {
	const texts = useWords().casePage.requests;
	if (requests.length === 0) return null;
	return (
		<section aria-labelledby="requests-title">
			<h2 id="requests-title">{texts.title}</h2>
			{requests.map((one) => (
				<div key={one.id}>
					<p>
						<strong>{texts.asks[one.asks]}</strong>{" "}
						{one.urgentReason !== null && <span class="tag">{texts.urgent}</span>}
					</p>
					{one.urgentReason !== null && <q class="trail-said">{one.urgentReason}</q>}
					<Facts
						facts={[
							[texts.authority, one.authority],
							[texts.reference, one.reference],
							[texts.legalBasis, one.legalBasis],
							[texts.received, <ClockTime key="received" at={one.receivedAt} />],
							[texts.channel, texts.channels[one.channel]],
							...(one.arrivedAt === null
								? []
								: [[texts.arrived, <ClockTime key="arrived" at={one.arrivedAt} />] satisfies Fact]),
						]}
					/>
					{one.note !== "" && <p class="said">{one.note}</p>}
					<ul>
						{one.places.map((place) => (
							<li key={place} class="code">
								{place}
							</li>
						))}
					</ul>
				</div>
			))}
		</section>
	);
}
