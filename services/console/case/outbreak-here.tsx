import type { CaseId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { formatCount, formatTenths } from "../format/number.ts";
import { shortLabel } from "../outbreaks/short-label.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { ClockTime } from "../parts/moment.tsx";
import { usePreferences, useWords } from "../shell/console-context.ts";
import { onDemand } from "../shell/on-demand.tsx";
import { isPlace } from "./is-of-link.ts";

const GrowthChart = onDemand("growth", async () => (await import("./growth-chart.tsx")).GrowthChart);

type Outbreak = NonNullable<WireCaseDetail["outbreak"]>;
type Platform = Outbreak["platforms"][number];
type Post = Outbreak["newest"][number];

/** Where the item is with which it began: in the list beside it is marked. */
function TrippedBy({ outbreak, of }: { readonly outbreak: Outbreak; readonly of: CaseId }) {
	const texts = useWords().casePage.outbreak;
	if (outbreak.trippedBy === null) return null;
	const { subject, account, platform, at, caseId } = outbreak.trippedBy;
	return (
		<p>
			{texts.trippedBy} <span class="code">{subject}</span>, {account}, {platform}, <ClockTime at={at} />
			{caseId !== null && caseId !== of && (
				<>
					, {texts.case} <CaseLink id={caseId} />
				</>
			)}
		</p>
	);
}

/** How it spreads: in numbers and as a curve, so that its pace is known before anybody looks. */
export function OutbreakHere({
	detail: { id, outbreak },
}: {
	readonly detail: Pick<WireCaseDetail, "id" | "outbreak">;
}) {
	const { words, language } = usePreferences();
	const texts = words.casePage.outbreak;
	if (outbreak === null) return null;
	const isOfLink = isPlace(outbreak);
	const isKept = outbreak.items > 0;
	const { alert, newest, items, isMore, itemsAhead, accounts, newShare, firstSeenAt, foundAt, platforms, ended } =
		outbreak;
	const count = (value: number) => formatCount(value, language);
	const columns: readonly Column<Platform>[] = [
		{ name: texts.platform, cell: ({ name }) => name },
		{ name: texts.items, isNumber: true, cell: (one) => count(one.items) },
		{ name: texts.accounts, isNumber: true, cell: (one) => count(one.accounts) },
	];
	const ofPosts: readonly Column<Post>[] = [
		{ name: texts.post, cell: ({ subject }) => <span class="code">{subject}</span> },
		{ name: texts.account, cell: ({ account, platform }) => `${account}, ${platform}` },
		{ name: texts.minute, cell: ({ at }) => <ClockTime at={at} /> },
		{ name: texts.case, cell: ({ caseId }) => <CaseLink id={caseId} /> },
	];
	return (
		<section aria-labelledby="outbreak-title">
			<h2 id="outbreak-title">{texts.title}</h2>
			{isOfLink && (
				<p>
					{texts.ofLink[outbreak.of === "domain" ? "domain" : "link"]}{" "}
					<span class="code">{shortLabel(outbreak.label)}</span>
				</p>
			)}
			<p class="numbers">{texts.found(alert.voices, alert.inSeconds / 60, formatTenths(alert.expected, language))}</p>
			<p class="numbers">
				{isKept ? texts.total(items, accounts, isMore) : texts.letGo}
				{newShare !== null && `, ${texts.newShare(Math.round(100 * newShare))}`}
			</p>
			{itemsAhead > 0 && <p class="notice numbers">{texts.ahead(itemsAhead)}</p>}
			<p class="quiet">
				{firstSeenAt !== null && (
					<>
						{texts.firstSeen} <ClockTime at={firstSeenAt} />,{" "}
					</>
				)}
				{texts.foundAt} <ClockTime at={foundAt} />
			</p>
			<TrippedBy outbreak={outbreak} of={id} />
			{ended !== null && (
				<p class="notice">
					{texts.ended} <ClockTime at={ended.at} />: {texts.ends[ended.because]}
				</p>
			)}
			{isKept && <GrowthChart outbreak={outbreak} />}
			{isKept && (
				<details>
					<summary>{texts.byPlatform}</summary>
					<DataTable rows={platforms} keyOf={({ name }) => name} columns={columns} />
				</details>
			)}
			{isOfLink && isKept && (
				<details open>
					<summary>{texts.newest}</summary>
					<DataTable rows={newest} keyOf={({ platform, subject }) => `${platform} ${subject}`} columns={ofPosts} />
				</details>
			)}
		</section>
	);
}
