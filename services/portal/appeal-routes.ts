// Where an affected user appeals, by the code that stands in the statement of reasons, and sees what became of it.
import { appealText, appealUntil } from "../core/appeals/appeal.ts";
import type { Jurisdiction } from "../core/clocks/profile.ts";
import type { AppealRefusal, AppealStore, NewAppeal, Restriction } from "../core/ports/appeal-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Events } from "../runtime/events.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { sendPage } from "./answer.ts";
import { type CodeDoor, type CodeDoorDeps, openByCode } from "./code-door.ts";
import { type AppealNotice, restrictionPage } from "./pages/appeal-page.ts";
import { enterCodePage } from "./pages/code-page.ts";
import { type Language, prefixOf } from "./words/words.ts";

export interface AppealDeps {
	readonly laws: readonly Jurisdiction[];
	readonly clock: Clock;
	readonly events: Pick<Events, "appealReceived">;
}

export interface AppealRouteDeps extends CodeDoorDeps, AppealDeps {
	readonly appeals: Pick<AppealStore, "findRestriction" | "appealRestriction">;
}

const noticeOf: Readonly<Record<AppealRefusal, AppealNotice>> = {
	unknown: "nothingToAppeal",
	"nothing-to-appeal": "nothingToAppeal",
	"too-late": "appealTooLate",
	early: "appealEarly",
};

/** Null where nothing is said. */
export function newAppeal(typed: string, { laws, clock }: AppealDeps): NewAppeal | null {
	const text = appealText.safeParse(typed);
	if (!text.success) return null;
	const until = (decidedAt: Date) => appealUntil(decidedAt, laws);
	return { channel: "portal", text: text.data, at: new Date(clock.now()), until };
}

export function registerAppealRoutes(server: HttpServer, language: Language, deps: AppealRouteDeps): void {
	const url = `${prefixOf(language)}/appeal`;
	const { appeals } = deps;
	const door: CodeDoor<Restriction, AppealNotice> = {
		enter: (typed, fault) => enterCodePage({ language, of: "appeal", typed, fault }),
		find: (code) => appeals.findRestriction({ kind: "code", code }),
		show: ({ code, found: restriction, notice }) => restrictionPage({ language, code, restriction, notice }),
	};
	server.get(url, (_request, reply) => sendPage(reply, door.enter("", null)));
	server.post(url, openByCode(deps, door));
	server.post(
		`${url}/send`,
		openByCode(deps, door, async (_found, { message }, code): Promise<AppealNotice> => {
			const appeal = newAppeal(message, deps);
			if (appeal === null) return "appealEmpty";
			const answer = await appeals.appealRestriction({ kind: "code", code }, appeal);
			if (answer.kind === "refused") return noticeOf[answer.why];
			if (answer.isNew) deps.events.appealReceived({ by: "user", channel: "portal" });
			return answer.isNew ? "appealed" : "appealedBefore";
		}),
	);
}
