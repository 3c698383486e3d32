// One shape for whatever a machine or a person did or saw: who, what, on what, when, why, under which revision. What is kept is its
// canonical JSON; the log gives it a sequence without gaps.
import { z } from "zod";
import { userId } from "../ids.ts";
import { storable } from "../text/storable.ts";
import { type ActCode, type ActDetails, actCatalogue, actCode } from "./act-catalogue.ts";
import type { SubjectKind } from "./act-kind.ts";
import { canonicalJson } from "./canonical-json.ts";

/** `person`: who was logged in. `cli`: whoever had the command line, by the name they gave. `key`: a platform, by its key, or whoever logged in for an authority. */
const actActor = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("machine") }),
	z.object({ kind: z.literal("person"), id: userId, name: z.string() }),
	z.object({ kind: z.literal("cli"), name: z.string() }),
	z.object({ kind: z.literal("key"), name: z.string() }),
]);
export type ActActor = z.infer<typeof actActor>;

/** The name by which acts of one actor are found. */
export function nameOfActor(actor: ActActor): string {
	return actor.kind === "machine" ? actor.kind : actor.name;
}

interface ActShape<C, D, K = SubjectKind> {
	readonly at: Date;
	readonly actor: ActActor;
	readonly what: C;
	readonly on: { readonly kind: K; readonly id: string };
	readonly reason: string | null;
	/** The revision of the policy, the models' settings or the banks' history: whichever the kind of act goes by. */
	readonly revision: number | null;
	readonly details: D;
}

/** Each code with its own details. */
export type Said = { [C in ActCode]: { readonly what: C; readonly details: ActDetails<C> } }[ActCode];
/** An act of a newer version than this one: its code, and nothing that could be read. */
export interface UnreadAct {
	readonly what: "unread";
	readonly details: { readonly code: string };
}
export type Act = { readonly sequence: number } & (
	| { [C in ActCode]: ActShape<C, ActDetails<C>> }[ActCode]
	| ActShape<"unread", UnreadAct["details"], string>
);

/** As JSON, in the record and on the wire. */
export const actJson = z.object({
	at: z.iso.datetime(),
	actor: actActor,
	what: z.string(),
	on: z.object({ kind: z.string(), id: z.string() }),
	reason: z.string().nullable(),
	revision: z.int().nullable(),
	details: z.record(z.string(), z.unknown()),
});

/** PostgreSQL's jsonb takes neither: what it cannot read could not be numbered, and would hold up all that comes after it. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** As it is kept, byte for byte. Throws where the details are not those of the code. */
export function writeAct(act: Omit<ActShape<ActCode, unknown>, "on"> & { readonly on: string }): string {
	const { on, details } = actCatalogue[act.what];
	// Why somebody did something is not lost for a character that the record does not keep.
	const reason = act.reason === null ? null : storable(act.reason);
	const kept = { on: { kind: on, id: act.on }, details: details.parse(act.details), reason };
	const body = canonicalJson({ ...act, ...kept });
	if (unstorable.test(body)) throw new TypeError(`an act ${act.what} holds a character that the record cannot keep`);
	return body;
}

export function readAct(sequence: number, body: string): Act {
	return toAct(sequence, actJson.parse(JSON.parse(body)));
}

export function toAct(sequence: number, { at, what, details, ...said }: z.infer<typeof actJson>): Act {
	const act = { ...said, sequence, at: new Date(at) };
	const code = actCode.safeParse(what);
	const read = code.success ? actCatalogue[code.data].details.safeParse(details) : null;
	// TypeScript does not see that details parsed by the schema of a code are that code's.
	if (code.success && read?.success === true) return { ...act, what: code.data, details: read.data } as Act;
	const unread = what === "unread" && typeof details.code === "string" ? details.code : what;
	return { ...act, what: "unread", details: { code: unread } };
}
