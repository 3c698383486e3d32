// Level 0: everything that can be known of an item without looking at it.

import { itemKindParts } from "../../core/items/catalogue.ts";
import { isVideo } from "../../core/items/picture/picture.ts";
import type { WireCaseDetail, WireItem } from "../../core/wire/review-case.ts";
import { formatCount } from "../format/number.ts";
import { formatPosition } from "../format/time.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { Ago, ClockTime } from "../parts/moment.tsx";
import { useEvidence, usePreferences } from "../shell/console-context.ts";

export function ItemInWords({ item, detail }: { readonly item: WireItem; readonly detail: WireCaseDetail }) {
	const { words, language } = usePreferences();
	const evidence = useEvidence();
	const labels = words.stage.words;
	// Several hashes of one picture may say the same.
	const sentences = [
		...new Set(item.signals.toSorted(evidence.byWeight).map((one) => evidence.sentence(one, words, language))),
	].filter((sentence) => sentence !== null);
	const what =
		item.textLength !== null
			? labels.post(formatCount(item.textLength, language))
			: item.mediaType === null
				? labels.mediaUnknown
				: isVideo(item.mediaType)
					? labels.video(item.mediaType, formatPosition(item.video?.durationMs ?? 0))
					: `${itemKindParts[item.kind].nameOf(item)[language]} (${item.mediaType.replace("/", "/\u200b")})`;
	return (
		<div class="in-words">
			<h2 class="for-readers">{labels.title}</h2>
			<ul class="reasons">
				{(sentences.length === 0 ? [labels.none] : sentences).map((sentence) => (
					<li key={sentence}>{sentence}</li>
				))}
			</ul>
			<dl class="facts">
				<div>
					<dt>{labels.what}</dt>
					<dd>{what}</dd>
				</div>
				<div>
					<dt>{labels.state}</dt>
					<dd>{item.acknowledged === null ? words.terms.stateKept : words.terms.itemState[item.acknowledged]}</dd>
				</div>
				<div>
					<dt>{labels.where}</dt>
					<dd>
						{words.terms.surface[item.surface]}, {item.platformName}
					</dd>
				</div>
				<div>
					<dt>{labels.account}</dt>
					<dd class="code">{item.authorId}</dd>
				</div>
				<div>
					<dt>{labels.content}</dt>
					<dd class="code">{item.subject}</dd>
				</div>
				<div>
					<dt>{item.eventTime === null ? labels.received : labels.posted}</dt>
					<dd>
						<ClockTime at={item.eventTime ?? item.receivedAt} /> · <Ago at={item.eventTime ?? item.receivedAt} />
					</dd>
				</div>
				{detail.items.some(({ id }) => id === item.id) && (
					<div>
						<dt>{labels.spread}</dt>
						<dd>{spreadOf(detail, words)}</dd>
					</div>
				)}
			</dl>
		</div>
	);
}

function spreadOf({ items }: WireCaseDetail, words: Dictionary): string {
	const { accounts, platforms } = words.casePage.items;
	const distinct = (values: readonly string[]) => new Set(values).size;
	return [
		words.terms.items(items.length),
		accounts(distinct(items.map(({ authorId, platformName }) => `${platformName} ${authorId}`))),
		platforms(distinct(items.map(({ platformName }) => platformName))),
	].join(", ");
}
