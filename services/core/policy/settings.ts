// The settings of a policy, each declared once: what it may be, whole and in part. What a machine may do at most is fixed here (design
// §5): only a confirmed or a strong match has anything withheld by itself, and neither of them goes unseen.
import { z } from "zod";
import { ofRule } from "../fault.ts";
import { accountRestriction, usualRestriction } from "../strikes/account-restriction.ts";
import { basis, contactsBasis, legalBasis } from "./legal-basis.ts";
import { type Tier, tier } from "./verdict.ts";

const nearTier = z.enum(["K2", "K3"]);
const share = z.number().min(0).max(1);
const points = z.number().min(0).max(100);
const people = z.int().min(1).max(2);
const category = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, ofRule("name-form"));
const action = z.enum(["withhold", "review", "none"]);
const undoWithinMs = z
	.int()
	.min(0)
	.max(7 * 24 * 3_600_000);
const quality = z.int().min(0).max(100);
const shortestShownMs = z.int().min(0).max(3_600_000);
const wordsInPictures = z.enum(["unread", "read"]);
const byWhom = z.enum(["people", "machine"]);
const ledAway = z.int().min(1).max(1_000);
const sweepItems = z.int().min(0).max(1_000_000);
const ruleAnswerDays = z.int().min(0).max(365);

/** Measured on made-up weeks (infra/figures.md): most who lead three away are found, and few ordinary accounts are. */
export const usualContactLimits = { ledAway: 3, youngerLedAway: 2 } as const;

/** A probable match may be in doubt or in quarantine, words and models are never sure: those ask people, and no policy changes that. */
const withholdable: ReadonlySet<Tier> = new Set(["K1", "K2"]);

function keepWithinLimits({ value, issues }: z.core.ParsePayload<Partial<Record<Tier, z.infer<typeof action>>>>): void {
	for (const [name, set] of Object.entries(value)) {
		const isWithholdable = withholdable.has(tier.parse(name));
		const rule =
			set === "withhold" && !isWithholdable
				? "withheld-by-a-machine"
				: set === "none" && isWithholdable
					? "known-goes-unseen"
					: null;
		if (rule !== null) issues.push({ code: "custom", message: ofRule(rule), path: [name], input: set });
	}
}

export const policySettings = z.strictObject({
	/** Probability (0–1) from which a model's category sends an item to review; a category without one asks nobody. */
	modelThresholds: z.record(category, share),
	actions: z.record(tier, action).check(keepWithinLimits),
	/** Base urgency by tier, 0–100; the surface adds to it. */
	urgency: z.record(tier, points),
	/** Added where the text model speaks up beside stronger evidence. */
	textUrgency: points,
	surfaceUrgency: z.strictObject({ public: points, group: points, direct: points }),
	/** People who must agree before content is removed for good. */
	removalPeople: z.record(tier, people),
	/** For so long whoever decided a case may take it back alone; after that a lead reopens it. */
	undoWithinMs,
	/** People who must agree before what was withheld on the word of a bank trusted here is shown again. */
	restorePeople: z.record(tier, people),
	/**
	 * The strongest tier that a near match may reach: of a picture as it is, turned or mirrored; of one found only in another framing
	 * (transforms of core/banks/bank.ts); of a text; of a video that is nearly one that people decided, and of a known sound under whatever is seen, of which revisions of before
	 * did not say. Below K2 it does not exempt either.
	 */
	nearTiers: z.strictObject({
		...{ picture: nearTier, reframed: nearTier, text: nearTier, video: nearTier.default("K2") },
		sound: nearTier.default("K3"),
	}),
	/** PDQ quality below which a perceptual match is not trusted. */
	minimumQuality: quality,
	/**
	 * How long a known picture must be seen in a video, all of its stills together, to count there for as much as by itself; what is shown
	 * more briefly asks people. Revisions of before did not say it.
	 */
	shortestShownMs: shortestShownMs.default(3_000),
	/**
	 * Items that a sweep may withhold or put before people by itself; a larger one waits for a second person. What holds everywhere counts:
	 * a sweep goes over all platforms. Revisions of before did not say it.
	 */
	sweepItems: sweepItems.default(1_000),
	/** What people recommend to restrict of an account, where they do. Revisions of before did not say it. */
	accountRestriction: accountRestriction.default(usualRestriction),
	/**
	 * Who limits how far something spreads while people look: they alone, or a machine at once where an outbreak or a rule says that it should be. Revisions
	 * of before did not say it.
	 */
	spreadLimits: byWhom.default("people"),
	/** Whether words in pictures are read, and what they say held against banks and the text model. Revisions of before did not say it. */
	wordsInPictures: wordsInPictures.default("unread"),
	/** Who puts the labels on items that rules advise, while people look: they alone, or a machine at once. Revisions of before did not say it. */
	labels: byWhom.default("people"),
	/** The same of friction in the way of accounts: a wait, a question, a limit of the platform's own. */
	friction: byWhom.default("people"),
	/**
	 * From how many contacts led away within the window people are asked about an account, and from how many of those that are much younger
	 * (conversations/contact-picture.ts). Revisions of before did not say it.
	 */
	contactLimits: z.strictObject({ ledAway, youngerLedAway: ledAway }).default(usualContactLimits),
	/**
	 * For how many days a decision to let be answers what a rule asks about an account (rules/answered.ts); 0: it asks again with the next item. Revisions of before
	 * did not say it, and asked again.
	 */
	ruleAnswerDays: ruleAnswerDays.default(0),
	/** Which kinds of signal there may be: where the law gives no basis, that detector does not look (legal-basis.ts). */
	legalBasis,
});
export type PolicySettings = z.infer<typeof policySettings>;

/** Some of the settings; what is left out stays as it is elsewhere. */
export const settingsPart = z.strictObject({
	modelThresholds: z.record(category, share).exactOptional(),
	actions: z.partialRecord(tier, action).check(keepWithinLimits).exactOptional(),
	urgency: z.partialRecord(tier, points).exactOptional(),
	textUrgency: points.exactOptional(),
	surfaceUrgency: z
		.strictObject({ public: points.exactOptional(), group: points.exactOptional(), direct: points.exactOptional() })
		.exactOptional(),
	removalPeople: z.partialRecord(tier, people).exactOptional(),
	undoWithinMs: undoWithinMs.exactOptional(),
	restorePeople: z.partialRecord(tier, people).exactOptional(),
	nearTiers: z
		.strictObject({
			picture: nearTier.exactOptional(),
			reframed: nearTier.exactOptional(),
			text: nearTier.exactOptional(),
			video: nearTier.exactOptional(),
			sound: nearTier.exactOptional(),
		})
		.exactOptional(),
	minimumQuality: quality.exactOptional(),
	shortestShownMs: shortestShownMs.exactOptional(),
	sweepItems: sweepItems.exactOptional(),
	accountRestriction: accountRestriction.exactOptional(),
	wordsInPictures: wordsInPictures.exactOptional(),
	spreadLimits: byWhom.exactOptional(),
	labels: byWhom.exactOptional(),
	friction: byWhom.exactOptional(),
	contactLimits: z
		.strictObject({ ledAway: ledAway.exactOptional(), youngerLedAway: ledAway.exactOptional() })
		.exactOptional(),
	ruleAnswerDays: ruleAnswerDays.exactOptional(),
	legalBasis: z
		.strictObject({
			matched: basis.exactOptional(),
			scored: basis.exactOptional(),
			rule: basis.exactOptional(),
			contacts: contactsBasis.exactOptional(),
		})
		.exactOptional(),
});
export type SettingsPart = z.infer<typeof settingsPart>;

export const settingName = policySettings.keyof();
export type SettingName = z.infer<typeof settingName>;
export const settingNames: readonly SettingName[] = settingName.options;

export function withPart(settings: PolicySettings, part: SettingsPart): PolicySettings {
	return {
		modelThresholds: { ...settings.modelThresholds, ...part.modelThresholds },
		actions: { ...settings.actions, ...part.actions },
		urgency: { ...settings.urgency, ...part.urgency },
		textUrgency: part.textUrgency ?? settings.textUrgency,
		surfaceUrgency: { ...settings.surfaceUrgency, ...part.surfaceUrgency },
		removalPeople: { ...settings.removalPeople, ...part.removalPeople },
		undoWithinMs: part.undoWithinMs ?? settings.undoWithinMs,
		restorePeople: { ...settings.restorePeople, ...part.restorePeople },
		nearTiers: { ...settings.nearTiers, ...part.nearTiers },
		minimumQuality: part.minimumQuality ?? settings.minimumQuality,
		shortestShownMs: part.shortestShownMs ?? settings.shortestShownMs,
		sweepItems: part.sweepItems ?? settings.sweepItems,
		accountRestriction: part.accountRestriction ?? settings.accountRestriction,
		spreadLimits: part.spreadLimits ?? settings.spreadLimits,
		wordsInPictures: part.wordsInPictures ?? settings.wordsInPictures,
		labels: part.labels ?? settings.labels,
		friction: part.friction ?? settings.friction,
		contactLimits: { ...settings.contactLimits, ...part.contactLimits },
		ruleAnswerDays: part.ruleAnswerDays ?? settings.ruleAnswerDays,
		legalBasis: { ...settings.legalBasis, ...part.legalBasis },
	};
}

/** One value of a setting: by tier, category, surface or kind of resemblance where it has several. */
export interface Leaf {
	readonly setting: SettingName;
	readonly key: string | null;
	readonly value: LeafValue;
}
export type LeafValue = string | number;

/** In the order of the catalogue above. */
export function leavesOf(part: SettingsPart): readonly Leaf[] {
	return settingNames.flatMap((setting): readonly Leaf[] => {
		const value = part[setting];
		if (value === undefined) return [];
		if (typeof value !== "object") return [{ setting, key: null, value }];
		return Object.entries(value).map(([key, one]: [string, LeafValue]) => ({ setting, key, value: one }));
	});
}
