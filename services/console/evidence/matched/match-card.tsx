import { isNearText } from "../../../core/banks/bank.ts";
import type { TermCondition } from "../../../core/banks/term-condition.ts";
import { hasDistance, isOfSounds, isWithinTexts } from "../../../core/hashes/hash-type.ts";
import { matchWordsOf } from "../../../core/hashes/match-words.ts";
import type { MatchedSignal } from "../../../core/signals/matched/matched.ts";
import { wordFor } from "../../language/dictionary.ts";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { Gauge } from "../gauge.tsx";
import { EntryNow } from "./entry-now.tsx";
import { asSaid } from "./matched-part.ts";
import { matchedWords } from "./matched-words.ts";

export function MatchCard({ signal: { match }, entries }: CardProps<MatchedSignal>) {
	const { words: dictionary, language } = usePreferences();
	const { terms } = dictionary;
	/** As it is now; it may have left its bank. */
	const entry = entries.find(({ id }) => id === match.entryId) ?? null;
	const words = matchedWords[language];
	const isHeard = isOfSounds(match.hashType);
	return (
		<>
			<h3 class={match.shadow ? "signal-shadow" : undefined}>
				{match.bankKind === "exempt" ? words.exempt : matchWordsOf(match.hashType, language).title(asSaid(match))}
			</h3>
			{match.shadow && <p class="tag">{words.shadow}</p>}
			{hasDistance(match.hashType) && (
				<>
					<Gauge
						value={match.distanceBits}
						maximum={Math.max(match.wideRadiusBits, match.distanceBits, 1)}
						mark={match.tightRadiusBits}
						label={words.gauge(match.distanceBits, match.tightRadiusBits, match.wideRadiusBits)}
					/>
					<p class="gauge-legend numbers">
						<strong>{words.distanceOf(match.distanceBits, match.wideRadiusBits)}</strong>
						<span class="quiet">
							{words.strongUpTo(match.tightRadiusBits)} · {words.probableUpTo(match.wideRadiusBits)}
						</span>
					</p>
				</>
			)}
			<dl class="facts">
				<div>
					<dt>{words.bank}</dt>
					<dd>
						<span class="code">{match.bankName}</span>
						{match.trusted && ` · ${words.trusted}`} · {wordFor(terms.category, match.category)}
					</dd>
				</div>
				<div>
					<dt>{words.standing}</dt>
					<dd>
						{words.standings[match.standing]}, {words.sources(match.positiveSources)}
						<br />
						<span class="code quiet">{match.entryId}</span>
					</dd>
				</div>
				<div>
					<dt>{words.now}</dt>
					<dd>{entry === null ? words.gone : <EntryNow entry={entry} />}</dd>
				</div>
				{match.within !== undefined && match.within.length > 0 && (
					<div>
						<dt>{words.within}</dt>
						<dd>{match.within.join("; ")}</dd>
					</div>
				)}
				{saysHow(match) && (
					<div>
						<dt>{words.copy}</dt>
						<dd>{terms.transform[match.transform]}</dd>
					</div>
				)}
				{match.only?.map((only) => (
					<div key={JSON.stringify(only)}>
						<dt>{words.only}</dt>
						<dd>{whereOf(only, words)}</dd>
					</div>
				))}
				{match.frames !== undefined && (
					<div>
						<dt>{isHeard ? words.sound : words.frames}</dt>
						<dd class="numbers">
							{(isHeard ? words.soundOf : words.framesOf)(percent(match.frames.ofItem), percent(match.frames.ofEntry))}
						</dd>
					</div>
				)}
				{match.queryQuality !== null && !isHeard && (
					<div>
						<dt>{words.quality}</dt>
						<dd class="numbers">
							{words.qualities(
								qualityText(match.queryQuality, words.unknown),
								qualityText(match.entryQuality, words.unknown),
							)}
						</dd>
					</div>
				)}
			</dl>
		</>
	);
}

/** A link or a term that is written as it is listed has nothing to be said of. */
function saysHow(match: MatchedSignal["match"]): boolean {
	if (isWithinTexts(match.hashType) || isOfSounds(match.hashType)) return match.transform !== "none";
	return match.queryQuality !== null || isNearText(match);
}

function whereOf({ language, beside }: TermCondition, words: (typeof matchedWords)["en"]): string {
	const inLanguage = language === undefined ? [] : [words.onlyIn[language]];
	const besideOthers = beside === undefined ? [] : [words.onlyBeside(beside.terms.length, beside.before, beside.after)];
	return [...inLanguage, ...besideOthers].join(", ");
}

function percent(share: number): number {
	return Math.round(share * 100);
}

function qualityText(quality: number | null, unknown: string): string {
	return quality === null ? unknown : String(Math.round(quality));
}
