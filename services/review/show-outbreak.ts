import type { CaseId } from "../core/ids.ts";
import { standingOut } from "../core/outbreaks/outbreak.ts";
import type { OutbreakStore } from "../core/ports/outbreak-store.ts";
import type { WireOutbreak } from "../core/wire/review-outbreak.ts";

/** Null where no outbreak brought the case before people. */
export async function outbreakOf(
	outbreaks: Pick<OutbreakStore, "ofCase" | "picture">,
	id: CaseId,
): Promise<WireOutbreak | null> {
	const outbreak = await outbreaks.ofCase(id);
	if (outbreak === null) return null;
	const { foundAt, alert, latest, ended, label, itemsAhead, trippedBy } = outbreak;
	const { items, isMore, accounts, platforms, firstSeenAt, curve, newest } = await outbreaks.picture(outbreak.id);
	const { voices, expected } = standingOut(alert);
	return {
		...{ of: outbreak.subject.kind, label },
		newest: newest.map(({ at, ...post }) => ({ ...post, at: at.toISOString() })),
		trippedBy: trippedBy === null ? null : { ...trippedBy, at: trippedBy.at.toISOString() },
		...{ items, isMore, itemsAhead, accounts, platforms: [...platforms], newShare: latest.newShare },
		...{ foundAt: foundAt.toISOString(), firstSeenAt: firstSeenAt?.toISOString() ?? null },
		alert: { voices, expected, inSeconds: alert.inSeconds },
		curve: curve.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
		ended: ended === null ? null : { at: ended.at.toISOString(), because: ended.because },
	};
}
