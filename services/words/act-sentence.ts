// What somebody did, as one sentence: who, and what each code says of its details. The thing that it was done to is named apart, so that a
// page can link to it.
import type { Act, ActActor, Said, UnreadAct } from "../core/acts/act.ts";
import { type SubjectKind, subjectKind } from "../core/acts/act-kind.ts";
import { loginOfAuthority } from "../core/acts/doer.ts";

type AnySaid = Said | UnreadAct;

export interface ActWords {
	readonly machine: string;
	readonly commandLine: (name: string) => string;
	readonly key: (name: string) => string;
	readonly authority: (login: string) => string;
	/** Follows who did it. */
	readonly said: {
		readonly [C in AnySaid["what"]]: (details: Extract<AnySaid, { readonly what: C }>["details"]) => string;
	};
	/** The kind of thing, before its id. */
	readonly subjects: Readonly<Record<SubjectKind, string>>;
}

export function actorWords({ machine, commandLine, key, authority }: ActWords, actor: ActActor): string {
	switch (actor.kind) {
		case "machine":
			return machine;
		case "person":
			return actor.name;
		case "cli":
			return commandLine(actor.name);
		case "key": {
			const login = loginOfAuthority(actor.name);
			return login === null ? key(actor.name) : authority(login);
		}
	}
}

export function saidWords(words: ActWords, act: AnySaid): string {
	// TypeScript does not see that the words chosen by an act's code take just that act's details.
	const say = words.said[act.what] as (details: AnySaid["details"]) => string;
	return say(act.details);
}

/** The name of a kind of subject; one that only a newer version knows has its own. */
export function subjectWords({ subjects }: ActWords, kind: string): string {
	const known = subjectKind.safeParse(kind);
	return known.success ? subjects[known.data] : kind;
}

export function actSentence(words: ActWords, act: Pick<Act, "actor"> & AnySaid): string {
	return `${actorWords(words, act.actor)} ${saidWords(words, act)}`;
}
