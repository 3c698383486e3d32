import { sql } from "kysely";
import { z } from "zod";
import { dueAtMs } from "../../../core/clocks/clock.ts";
import { compareLaws, type LawBook, lawBook } from "../../../core/clocks/law-book.ts";
import type { StoppedProfile } from "../../../core/clocks/profile.ts";
import { stoppedLaws } from "../../../core/clocks/starting-events.ts";
import type { CountingPlace } from "../../../core/clocks/term.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type ClockId, clockId, type UserId } from "../../../core/ids.ts";
import { isoOf } from "../../../core/iso-time.ts";
import type { LawStore } from "../../../core/ports/law-store.ts";
import { readJurisdictions } from "../../../runtime/read-jurisdictions.ts";
import { appendActs } from "../acts/append-acts.ts";
import type { Connection, Database } from "../connection/database.ts";
import { createRevisionStore, newestRevision, type RevisionsOf } from "../revisions/revision-store.ts";
import { loadClock, lockCasesOf, lockClock, writeDueOfCases, writeOutline } from "./clock-rows.ts";
import { actsOfEnd } from "./tell-clock.ts";

/** Those that ship with the package. */
const shippedRevision = 1;

const revisions: RevisionsOf<LawBook> = {
	...{ subject: "law", staleCode: "laws-stale" },
	builtIn: [{ revision: shippedRevision, set: readJurisdictions(), accepted: null }],
	parse: (settings) => lawBook.parse(settings),
	isSame: (before, after) => compareLaws(before, after).length === 0,
	check: async () => undefined,
	told: ({ what, proposal: { id, revertsTo } }, by) => ({
		...{ ...by, what: `laws-${what}`, on: "laws", details: { proposalId: id, revertsTo } },
	}),
};

/** Those in force, as of the caller's transaction. */
export function lawsInForce(on: Connection): Promise<{ readonly revision: number; readonly set: LawBook }> {
	return newestRevision(on, revisions);
}

export function createLawStore(database: Database): LawStore {
	const laws = createRevisionStore(database, revisions);
	return {
		...laws,
		recount: async (profile, by, why) => {
			const { set } = await laws.current();
			const law = stoppedLaws(set).find((one) => one.profile.id === profile);
			if (law === undefined) throw new BreakwaterError("not-found");
			return database.transaction((tx) => recount(tx, law, { by, why }));
		},
	};
}

async function recount(
	tx: Connection,
	{ profile, place }: ReturnType<typeof stoppedLaws>[number],
	{ by, why }: { readonly by: UserId; readonly why: string },
): Promise<readonly ClockId[]> {
	const running = await tx.rows(
		sql`SELECT id FROM clocks WHERE profile_id = ${profile.id} AND ended_at IS NULL
			AND (profile, place) IS DISTINCT FROM (${JSON.stringify(profile)}::jsonb, ${JSON.stringify(place)}::jsonb) ORDER BY id`,
		z.object({ id: clockId }),
	);
	const moved: ClockId[] = [];
	for (const { id } of running) {
		if (await recountOne(tx, id, { profile, place, by, why })) moved.push(id);
	}
	return moved;
}

interface Recounting {
	readonly profile: StoppedProfile;
	readonly place: CountingPlace;
	readonly by: UserId;
	readonly why: string;
}

/** False where it has ended meanwhile. */
async function recountOne(tx: Connection, id: ClockId, { profile, place, by, why }: Recounting): Promise<boolean> {
	await lockCasesOf(tx, id);
	await lockClock(tx, id);
	const before = await loadClock(tx, id);
	if (before === null || before.clock.ended !== null) return false;
	await tx.rows(
		sql`UPDATE clocks SET profile = ${JSON.stringify(profile)}::jsonb, place = ${JSON.stringify(place)}::jsonb WHERE id = ${id}`,
	);
	const after = (await loadClock(tx, id)) ?? before;
	const at = new Date();
	await writeOutline(tx, after, at);
	const [dueBefore, dueAt] = [before, after].map(({ clock }) => isoOf(dueAtMs(clock)));
	const details = { profile: profile.id, caseId: after.caseId, dueBefore: dueBefore ?? null, dueAt: dueAt ?? null };
	const doer = { kind: "person", userId: by } as const;
	await appendActs(tx, [
		{ what: "clock-recounted", on: id, by: doer, at, reason: why, details },
		...actsOfEnd(before, after, at),
	]);
	await writeDueOfCases(tx, id);
	return true;
}
