import { begunShare, unansweredShare } from "../../../core/conversations/contact-picture.ts";
import type { ContactsSignal } from "../../../core/signals/contacts/contacts.ts";
import { formatCount, formatProbability } from "../../format/number.ts";
import { Facts } from "../../parts/facts.tsx";
import { usePreferences } from "../../shell/console-context.ts";
import type { CardProps } from "../evidence-card.ts";
import { contactsWords } from "./contacts-words.ts";

/** The author's contacts in numbers, each with its unit. */
export function ContactsCard({ signal }: CardProps<ContactsSignal>) {
	const { language } = usePreferences();
	const texts = contactsWords[language];
	const { picture, days, afresh } = signal;
	const figure = (value: number) => formatCount(value, language);
	const shares = [
		[texts.begunShare, begunShare(picture)],
		[texts.unansweredShare, unansweredShare(picture)],
	] as const;
	const rows = [
		...(["begun", "received", "unanswered", "toNew", "moved", "ledAway", "younger", "youngerLedAway"] as const).map(
			(name) => [texts.rows[name], `${figure(picture[name])} ${texts.unit}`] as const,
		),
		...(afresh === undefined
			? []
			: ([
					[texts.afresh, `${figure(afresh.ledAway)} ${texts.unit}`],
					[texts.afreshYounger, `${figure(afresh.youngerLedAway)} ${texts.unit}`],
				] as const)),
		...(picture.gapYears === null ? [] : [[texts.gapYears, `${figure(picture.gapYears)} ${texts.years}`] as const]),
		...shares.flatMap(([name, share]) => (share === null ? [] : [[name, formatProbability(share, language)] as const])),
	];
	return (
		<>
			<h3>{texts.title}</h3>
			<Facts facts={rows} />
			<p class="quiet">{texts.noContent(figure(days))}</p>
			<p class="quiet">{texts.caution}</p>
		</>
	);
}
