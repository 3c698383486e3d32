// Weighs an item's signals under a policy, once: the grounds say of each signal what tier it reached, whether it counted, and by code
// why not, or why not for more. The verdict derives everything from them, and whoever explains it later reads them.
import { type SignalCatalogue, signalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import type { Finding } from "../signals/signal-kind.ts";
import { type BreakerScope, scopeText } from "./breaker.ts";
import type { Policy } from "./policy.ts";
import { type ContextReason, type Ground, strongerTier } from "./verdict.ts";

/** In the order of the signals. */
export interface Weighed {
	readonly grounds: readonly Ground[];
	/** Something known to be harmless lets the item pass: only what no exemption overrules still counts. */
	readonly isExempt: boolean;
	/** The banks and rules in shadow that match, as scopeText has them. */
	readonly onTrial: readonly string[];
	/** The grounds as they would be, were these not in shadow. */
	without(shadowed: readonly string[]): readonly Ground[];
}

export function weigh(
	signals: readonly Signal[],
	policy: Policy,
	catalogue: SignalCatalogue = signalCatalogue,
): Weighed {
	const found = signals.map((signal) => ({
		finding: catalogue.find(signal, policy),
		restsOn: catalogue.scopesOf(signal),
	}));
	const findings = found.map(({ finding }) => finding);
	const groundsFrom = (read: readonly Finding[]) =>
		read.map((finding, index) => groundOf(finding, found[index]?.restsOn ?? [], bearingOn(read), policy));
	return {
		grounds: groundsFrom(findings),
		isExempt: bearingOn(findings) === "exempts",
		onTrial: [...new Set(findings.flatMap(({ inShadow }) => (inShadow === null ? [] : [scopeText(inShadow.on)])))],
		without: (shadowed) =>
			groundsFrom(
				findings.map((finding) =>
					finding.inShadow !== null && shadowed.includes(scopeText(finding.inShadow.on))
						? finding.inShadow.finding
						: finding,
				),
			),
	};
}

function bearingOn(findings: readonly Finding[]): "exempts" | "doubts" | "none" {
	if (findings.some(({ bearing }) => bearing === "exempts")) return "exempts";
	return findings.some(({ bearing }) => bearing === "doubts") ? "doubts" : "none";
}

/** An exemption under quarantine lets nothing pass unseen, and lets nothing be withheld either. */
function groundOf(
	finding: Finding,
	restsOn: readonly BreakerScope[],
	exemption: ReturnType<typeof bearingOn>,
	policy: Policy,
): Ground {
	const alone = finding.tier;
	const isOverruled = exemption !== "none" && finding.bearing !== "stands" && alone !== "none";
	const isLowered = isOverruled && (exemption === "exempts" || strongerTier(alone, "K3") !== "K3");
	const tier = !isLowered ? alone : exemption === "exempts" ? "none" : "K3";
	const lowered: readonly ContextReason[] = !isLowered
		? []
		: [exemption === "exempts" ? "exempted" : "exemption-in-quarantine"];
	return {
		alone,
		tier,
		category: finding.category,
		limits: finding.limits,
		counted: tier !== "none" || finding.bearing === "exempts" || finding.bearing === "doubts",
		isEnough: policy.actions[tier] === "withhold",
		reasons: [...finding.reasons, ...lowered],
		restsOn: restsOn.map(scopeText),
		...(finding.raise === 0 ? {} : { raise: finding.raise }),
	};
}
