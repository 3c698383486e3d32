// Screens and their addresses. They live behind the `#`, so that the server and its logs never see which case is open.
import { type CaseId, caseId, type ReportId, reportId } from "../../core/ids.ts";
import type { Permission } from "../../core/people/user.ts";
import { ruleName } from "../../core/rules/rule.ts";
import { type StuckKind, stuckKinds } from "../../core/stuck/stuck.ts";

export type Route =
	| { readonly name: "start" }
	| { readonly name: "queue" }
	| { readonly name: "case"; readonly id: CaseId }
	| { readonly name: "now" }
	| { readonly name: "banks" }
	| { readonly name: "bank"; readonly bank: string }
	| { readonly name: "models" }
	/** Null: the revision in force. */
	| { readonly name: "policy"; readonly revision: number | null }
	| { readonly name: "rules" }
	/** Null: a new one. */
	| { readonly name: "rule"; readonly rule: string | null }
	| { readonly name: "log" }
	| { readonly name: "due" }
	| { readonly name: "requests" }
	| { readonly name: "trends" }
	| { readonly name: "outbreaks" }
	| { readonly name: "reports" }
	| { readonly name: "report"; readonly id: ReportId }
	| { readonly name: "stuck"; readonly kind: StuckKind }
	| { readonly name: "missing" };

const plainScreens = [
	"queue",
	"due",
	"requests",
	"now",
	"banks",
	"models",
	"rules",
	"reports",
	"log",
	"trends",
	"outbreaks",
] as const;
const bankName = /^[a-z0-9-]{1,63}$/;

export function parseRoute(hash: string): Route {
	const [first, second, ...rest] = hash.replace(/^#?\/?/, "").split("/");
	if (rest.length > 0) return { name: "missing" };
	if (first === "case" && second !== undefined) {
		const id = caseId.safeParse(second);
		return id.success ? { name: "case", id: id.data } : { name: "missing" };
	}
	if (first === "report" && second !== undefined) {
		const id = reportId.safeParse(second);
		return id.success ? { name: "report", id: id.data } : { name: "missing" };
	}
	if (first === "bank" && second !== undefined && bankName.test(second)) return { name: "bank", bank: second };
	if (first === "rule" && (second === undefined || ruleName.safeParse(second).success))
		return { name: "rule", rule: second ?? null };
	if (first === "policy" && (second === undefined || /^[1-9]\d{0,8}$/.test(second)))
		return { name: "policy", revision: second === undefined ? null : Number(second) };
	if (first === "stuck") {
		const kind = stuckKinds.find((one) => one === (second ?? "dead-letter"));
		return kind === undefined ? { name: "missing" } : { name: "stuck", kind };
	}
	if (second !== undefined) return { name: "missing" };
	if (first === "") return { name: "start" };
	const plain = plainScreens.find((name) => name === first);
	return plain === undefined ? { name: "missing" } : { name: plain };
}

export function hashOf(route: Route): string {
	switch (route.name) {
		case "start":
		case "missing":
			return "#/";
		case "case":
			return `#/case/${route.id}`;
		case "bank":
			return `#/bank/${route.bank}`;
		case "report":
			return `#/report/${route.id}`;
		case "rule":
			return route.rule === null ? "#/rule" : `#/rule/${route.rule}`;
		case "policy":
			return route.revision === null ? "#/policy" : `#/policy/${route.revision}`;
		case "stuck":
			return `#/stuck/${route.kind}`;
		case "queue":
		case "due":
		case "requests":
		case "now":
		case "banks":
		case "models":
		case "rules":
		case "reports":
		case "log":
		case "trends":
		case "outbreaks":
			return `#/${route.name}`;
	}
}

/** What a screen needs of whoever opens it. */
export const neededPermission = {
	queue: "case:read",
	due: "case:read",
	requests: "request:enter",
	case: "case:read",
	now: "status:read",
	trends: "status:read",
	outbreaks: "status:read",
	banks: "bank:read",
	bank: "bank:read",
	models: "model:decide",
	policy: "policy:read",
	rules: "policy:read",
	rule: "policy:read",
	reports: "report:answer",
	report: "report:answer",
	stuck: "dead-letter:read",
	log: "act:read",
} as const satisfies Record<Exclude<Route["name"], "start" | "missing">, Permission>;

/** Where a person begins: with cases if they work on them, else with the state of things. */
export function startFor(permissions: readonly Permission[]): Route {
	return permissions.includes("case:read") ? { name: "queue" } : { name: "now" };
}

/**
 * Few enough characters to say aloud. The end of the id, because ids of the same minute begin alike.
 */
export function shortIdOf(id: string): string {
	return id.slice(-6);
}
