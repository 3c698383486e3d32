// Whom an author writes to comes beside rules: it says how an account behaves, and not what the post is.
import { type ContactsSignal, contacts, type contactsReasonCodes } from "../../../core/signals/contacts/contacts.ts";
import { formatCount } from "../../format/number.ts";
import type { Dictionary } from "../../language/dictionary.ts";
import type { LanguageCode } from "../../language/language-code.ts";
import type { EvidencePart, ReasonWords, Shown } from "../evidence-part.ts";
import { contactsWords } from "./contacts-words.ts";

const reasons: ReasonWords<(typeof contactsReasonCodes)[number]> = {
	en: {
		"under-limits": ({ ledAway, youngerLedAway }) =>
			`people are asked from ${ledAway} accounts led away, or ${youngerLedAway} much younger ones`,
		"let-be": () => "people have let be what this account wrote, and too few were led away since to ask again",
		"adds-nothing": () => "this post leads nobody away, so nobody is asked about it",
		"contacts-ask-people": () => "whom somebody writes to is worth a look, never more",
	},
	vi: {
		"under-limits": ({ ledAway, youngerLedAway }) =>
			`chỉ hỏi con người từ ${ledAway} tài khoản bị dẫn ra ngoài, hoặc ${youngerLedAway} tài khoản nhỏ tuổi hơn nhiều`,
		"let-be": () => "con người đã để nguyên những gì tài khoản này viết, và từ đó chưa đủ người bị dẫn ra để hỏi lại",
		"adds-nothing": () => "bài này không dẫn ai ra ngoài nên không hỏi ai",
		"contacts-ask-people": () => "việc nhắn cho ai chỉ đáng để con người xem, không hơn",
	},
};

function sentence({ signal, ground }: Shown<ContactsSignal>, _words: Dictionary, language: LanguageCode): string {
	const words = contactsWords[language];
	const figure = (value: number) => formatCount(value, language);
	const { picture, days } = signal;
	return ground?.alone === "T"
		? words.asks(figure(picture.ledAway), figure(days))
		: words.counted(figure(picture.begun), figure(days));
}

export const contactsPart: EvidencePart<ContactsSignal> = {
	kind: contacts,
	sentence,
	rank: ({ ground }) => [ground?.alone === "T" ? 1.8 : 4],
	reasons,
	words: contactsWords,
};
