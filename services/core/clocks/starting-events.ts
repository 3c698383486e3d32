// Which events of ours start clocks, and by which names laws call them: the one table of that. What an event says of itself is found out by whoever
// has it (reports/report-events.ts, authorities/, appeals/); the law's own words on what starts it are data (jurisdictions/).
import type { ClockEventKind } from "./clock-codes.ts";
import type { Jurisdiction, StoppedProfile } from "./profile.ts";
import type { CountingPlace } from "./term.ts";

const startingEvents = {
	/** An authority asks for something to be removed, or for information. What is to be preserved is owed until that is lifted: nothing runs. */
	"removal-asked": ["authority-request", "removal-order"],
	"information-asked": ["data-request"],
	"preservation-asked": [],
	/** Somebody whom a decision concerns appeals. */
	appealed: ["appeal-received"],
	/** A notice with the parts of Art. 16(2) of the Digital Services Act; a complaint by a user of the platform; a request with the parts of the TAKE IT DOWN Act. */
	noticed: ["notice"],
	complained: ["user-complaint"],
	"removal-of-own-picture-asked": ["ncii-request"],
	/** People confirm that something is of the sexual abuse or exploitation of a child: from then on it is known here. */
	"abuse-confirmed": ["abuse-learned", "violation-known", "exploitation-detected", "offence-suspected"],
} as const satisfies Record<string, readonly ClockEventKind[]>;
export type StartingEvent = keyof typeof startingEvents;

export interface LawOf {
	readonly jurisdiction: string;
	readonly profile: StoppedProfile;
	readonly place: CountingPlace;
}

/** Those that a clock runs by. */
export function stoppedLaws(all: readonly Jurisdiction[]): readonly LawOf[] {
	return all.flatMap(({ jurisdiction, zone, calendar, profiles }) =>
		profiles.flatMap((profile) =>
			profile.kind === "deadline" || profile.kind === "prompt"
				? [{ jurisdiction, profile, place: { zone, calendar } }]
				: [],
		),
	);
}

/** The laws that count from the event. */
export function lawsFrom(event: StartingEvent, all: readonly Jurisdiction[]): readonly LawOf[] {
	const names: readonly ClockEventKind[] = startingEvents[event];
	return stoppedLaws(all).filter(({ profile }) => names.includes(profile.trigger));
}

export interface Circumstances {
	/** The jurisdictions that the platform is under, as is on record; empty where nobody said. */
	readonly jurisdictions: readonly string[];
	/** Somebody says that a child is in danger now. */
	readonly isDangerNow: boolean;
}

/** Those of them that hold for a platform. A law may hold of danger, or of its absence, alone. */
export function lawsThatHold(
	event: StartingEvent,
	all: readonly Jurisdiction[],
	{ jurisdictions, isDangerNow }: Circumstances,
): readonly LawOf[] {
	return lawsFrom(event, all).filter(
		({ jurisdiction, profile: { onlyWhere } }) =>
			jurisdictions.includes(jurisdiction) && (onlyWhere === undefined || (onlyWhere === "danger-now") === isDangerNow),
	);
}
