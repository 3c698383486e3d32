// What hotlines, trusted flaggers, partners and platforms' report buttons send: a notice with the parts of Art. 16(2) of the Digital Services
// Act (Regulation 2022/2065): why, where exactly, by whom, and that it is meant in good faith. It says where something is, and carries none of it.
import { z } from "zod";
import { isStorableText, sayingPattern, saysSomething, storablePattern } from "../wire/storable.ts";
import { type ReportInput, type ReportSubject, reportLimits, reportSubjects } from "./report.ts";

/** Who may hold a key; each comes the way of its kind. */
export const reporterKinds = ["platform-user", "trusted-flagger", "hotline", "partner"] as const;
export const reporterKind = z.enum(reporterKinds);
export type ReporterKind = z.infer<typeof reporterKind>;

const text = (maxLength: number) => z.string().max(maxLength).refine(isStorableText).meta(storablePattern);
/** Something other than white space. */
const said = (maxLength: number) =>
	z.string().min(1).max(maxLength).refine(saysSomething, "must say something").meta(sayingPattern);
/** What stands before the sign is of 64 octets at most (RFC 5321). */
const email = z.email().regex(/^[^@]{1,64}@/);

export const noticeLimits = {
	referenceLength: 200,
	userLength: 256,
	contactNameLength: 100,
	emailLength: 254,
	batch: 100,
} as const;

export const reportNotice = z
	.object({
		reference: said(noticeLimits.referenceLength).describe(
			"Your own name of this report: the same one again is the same report.",
		),
		about: z.enum(reportSubjects),
		addresses: z
			.array(said(reportLimits.addressLength))
			.max(reportLimits.addresses)
			.default([])
			.describe("Exactly where it is; an account may stand in their place."),
		account: z
			.object({ platform: text(reportLimits.nameLength).default(""), name: said(reportLimits.nameLength) })
			.optional(),
		why: said(reportLimits.textLength).describe(
			"Why you hold it to be illegal or harmful to a child. Never the material itself.",
		),
		goodFaith: z.literal(true).describe("You believe in good faith that what you say is accurate and complete."),
		contact: z
			.object({ name: said(noticeLimits.contactNameLength), email: email.max(noticeLimits.emailLength) })
			.optional()
			.describe(
				"Whoever noticed it. Optional for what may be the sexual abuse of a child (Art. 16(2)(c)), and for hotlines, flaggers and partners, who stand for themselves.",
			),
		user: text(noticeLimits.userLength)
			.optional()
			.describe(
				"A pseudonym of the user who reported, by which several reports of one person count once. Kept as a hash.",
			),
		signature: said(reportLimits.nameLength)
			.optional()
			.describe(
				"Of `own-picture`: the signature of whoever is shown, or of who is authorized to act for them. With it, addresses and a contact it is a request by the TAKE IT DOWN Act, whose 48 hours run where the platform is under that law.",
			),
		seen: text(reportLimits.nameLength).default("").describe("When it was seen."),
		isDangerNow: z.boolean().default(false).describe("A child is in danger at this moment."),
		language: z.enum(["vi", "en"]).default("en").describe("In which the answer is written."),
	})
	.refine(({ addresses, account }) => addresses.length > 0 || account !== undefined, {
		path: ["addresses"],
		message: "an address or an account must say where it is",
	})
	// The same, for the API's description.
	.meta({
		anyOf: [{ required: ["addresses"], properties: { addresses: { minItems: 1 } } }, { required: ["account"] }],
	});
export type ReportNotice = z.infer<typeof reportNotice>;

/** The subjects of which no name may be asked: they may be offences of Articles 3 to 7 of Directive 2011/93. */
const anonymous: Readonly<Record<ReportSubject, boolean>> = {
	"abuse-picture": true,
	grooming: true,
	extortion: true,
	"own-picture": true,
	violence: false,
	other: false,
};

export function needsNoName(about: ReportSubject): boolean {
	return anonymous[about];
}

/** A platform's user gives name and e-mail where the law asks for them; whoever has a key of their own is known by it. */
export function lacksContact({ about, contact }: ReportNotice, kind: ReporterKind): boolean {
	return kind === "platform-user" && !needsNoName(about) && contact === undefined;
}

export function inputOf(notice: ReportNotice): ReportInput {
	const { about, addresses, account, why, contact, seen, isDangerNow, language, goodFaith, signature = "" } = notice;
	return {
		...{ about, seen, isDangerNow, language, isGoodFaith: goodFaith, signature: signature.trim() },
		addresses: [...new Set(addresses.map((address) => address.trim()))],
		platformName: account?.platform.trim() ?? "",
		accountName: account?.name.trim() ?? "",
		text: why.trim(),
		contact: contact === undefined ? "" : `${contact.name.trim()} <${contact.email}>`,
	};
}
