import { accountRestriction } from "../core/strikes/account-restriction.ts";
import { accountRestrictionsEnglish } from "./account-restrictions.en.ts";
import type { PolicyWords } from "./policy-words.ts";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const figure = (value: unknown) => number.format(Number(value));
const people = (value: unknown) => (Number(value) === 1 ? "1 person" : `${figure(value)} people`);

function duration(ms: unknown): string {
	const minutes = Number(ms) / 60_000;
	if (minutes === 1) return "1 minute";
	return minutes >= 1 && Number.isInteger(minutes) ? `${figure(minutes)} minutes` : `${figure(Number(ms) / 1_000)} s`;
}

export const policyEnglish: PolicyWords = {
	heading: {
		modelThresholds: "When a model's score asks people",
		actions: "What the machine does",
		urgency: "Order of the queue",
		textUrgency: "Words beside stronger evidence",
		surfaceUrgency: "What the surface adds to the urgency",
		removalPeople: "People it takes to remove",
		undoWithinMs: "Time to take a decision back",
		restorePeople: "People it takes to restore on a trusted bank's word",
		nearTiers: "How strong a near match may be",
		minimumQuality: "Least quality of a picture",
		shortestShownMs: "How long a known picture must be seen in a video",
		sweepItems: "What a sweep may do by itself",
		accountRestriction: "What is recommended about an account",
		spreadLimits: "Who limits how far something spreads",
		wordsInPictures: "Words in pictures",
		labels: "Who puts labels on items",
		friction: "Who puts friction in an account's way",
		contactLimits: "When people are asked whom somebody writes to",
		ruleAnswerDays: "How long a rule takes no for an answer",
		legalBasis: "What the law lets look",
	},
	says: {
		modelThresholds: (category, value) =>
			value === null
				? `${category}: no score asks people`
				: `${category}: people are asked from a probability of ${figure(value)}`,
		actions: (tier, value) =>
			value === "withhold"
				? `${tier}: withheld at once`
				: value === "review"
					? `${tier}: people are asked`
					: `${tier}: nothing is done`,
		urgency: (tier, value) => `${tier}: urgency ${figure(value)} of 100`,
		textUrgency: (_key, value) => `words that a model speaks up for add ${figure(value)}`,
		surfaceUrgency: (surface, value) => `${surface}: ${figure(value)} more`,
		removalPeople: (tier, value) => `${tier}: ${people(value)}`,
		undoWithinMs: (_key, value) =>
			Number(value) === 0 ? "only a lead takes a decision back" : `whoever decided may for ${duration(value)}`,
		restorePeople: (tier, value) => `${tier}: ${people(value)}`,
		nearTiers: (resemblance, value) =>
			value === "K2"
				? `${resemblance}: as strong as the thing itself, where nothing speaks against it`
				: `${resemblance}: asks people at most, and exempts nothing`,
		minimumQuality: (_key, value) => `below ${figure(value)} of 100 a near match is not trusted`,
		shortestShownMs: (_key, value) =>
			`a known picture in a video asks people where it is seen for less than ${duration(value)}`,
		sweepItems: (_key, value) => `a sweep of earlier items asks a second person above ${figure(value)} items`,
		accountRestriction: (_key, value) =>
			`where people recommend something about an account: ${accountRestrictionsEnglish[accountRestriction.parse(value)]}`,
		spreadLimits: (_key, value) =>
			value === "machine"
				? "what spreads faster than it should, or a rule says so of, is limited at once, until people have looked; it stays up"
				: "people alone limit how far something spreads",
		wordsInPictures: (_key, value) =>
			value === "read"
				? "words in pictures are read by machine, and ask people like those of posts"
				: "words in pictures are not read",
		labels: (_key, value) =>
			value === "machine"
				? "labels that a rule advises are put on at once, until people have looked"
				: "people alone put labels on items",
		friction: (_key, value) =>
			value === "machine"
				? "the platform is told at once to slow down an account of which a rule advises it, until people have looked"
				: "people alone have an account slowed down",
		contactLimits: (contacts, value) => `${contacts}: people are asked from ${figure(value)} within 7 days`,
		ruleAnswerDays: (_key, value) =>
			Number(value) === 0
				? "a rule about accounts asks again with the next item, whatever people let be"
				: `a rule is silent for ${figure(value)} days about an account that people let be, unless it counts as much again`,
		legalBasis: (examination, value) =>
			value === "missing"
				? `${examination}: no legal basis, nobody looks`
				: value === "public"
					? `${examination}: looked at in public only`
					: `${examination}: may look`,
	},
	resemblance: {
		picture: "a picture, turned or mirrored at most",
		reframed: "a picture in another framing",
		text: "a text that is nearly the same",
		video: "a video that is nearly one that people decided",
		sound: "a known sound, whatever is seen meanwhile",
	},
	examination: { matched: "lists of known content", scored: "models", rule: "rules", contacts: "who writes to whom" },
	contacts: {
		ledAway: "new or much younger accounts led to places elsewhere",
		youngerLedAway: "much younger accounts led to places elsewhere",
	},
	change: (after, before) => `${after} (before: ${before})`,
	asElsewhere: "as elsewhere",
	effect: {
		"withholds-more": "may withhold what is not withheld now",
		"withholds-otherwise": "withholds less here, and may withhold more there",
		"limits-more": "a machine may limit the spread of what stays up",
		"asks-less": "people see less",
		"fewer-people": "fewer people must agree",
		"withholds-less": "withholds less",
		"asks-more": "people see more",
		"more-people": "more people must agree",
	},
};
