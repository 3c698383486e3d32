import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

/** How many are the same thing, where, and since when: in numbers, so that nobody need look to know it. */
export function ClusterHere({
	detail: { cluster, copyOf, isOfAuthor, isOfStream },
}: {
	readonly detail: WireCaseDetail;
}) {
	const texts = useWords().casePage.cluster;
	if (cluster === null && copyOf === null && !isOfAuthor && !isOfStream) return null;
	return (
		<section aria-labelledby="cluster-title">
			<h2 id="cluster-title">{isOfStream ? texts.titleOfStream : isOfAuthor ? texts.titleOfAuthor : texts.title}</h2>
			{isOfStream && <p>{texts.ofStream}</p>}
			{isOfAuthor && copyOf === null && <p>{texts.ofAuthor}</p>}
			{copyOf !== null && (
				<p>
					{isOfAuthor ? texts.ofPlace : texts.copiesOf}{" "}
					<a href={hashOf({ name: "case", id: copyOf })}>{shortIdOf(copyOf)}</a>
				</p>
			)}
			{cluster !== null && (
				<p class="numbers">
					{texts.confirmed(cluster.members, cluster.platforms, cluster.isMore)}, {texts.accounts(cluster.accounts)},{" "}
					{texts.firstSeen} <ClockTime at={cluster.firstSeenAt} />
				</p>
			)}
			{cluster?.ids.map((id) => (
				<p key={id} class="code quiet">
					{id}
				</p>
			))}
			{cluster !== null && cluster.suggested > 0 && <p class="quiet">{texts.suggested(cluster.suggested)}</p>}
		</section>
	);
}
