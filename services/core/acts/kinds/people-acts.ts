// Acts on people's accounts, and their coming and going.
import { z } from "zod";
import { role } from "../../people/user.ts";
import { type ActKind, nothing } from "../act-kind.ts";

const person = z.object({ login: z.string() });

export const peopleActs = {
	"person-added": { on: "person", details: person.extend({ roles: z.array(role) }) },
	"person-roles-set": { on: "person", details: person.extend({ roles: z.array(role) }) },
	"person-disabled": { on: "person", details: person },
	"person-enabled": { on: "person", details: person },
	/** `isFirst`: somebody else chose it. */
	"password-set": { on: "person", details: person.extend({ isFirst: z.boolean() }) },
	"logged-in": { on: "person", details: nothing },
	"logged-out": { on: "person", details: nothing },
} as const satisfies Readonly<Record<string, ActKind>>;
