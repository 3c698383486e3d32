// Acts on authorities' accounts; what one asked for is an act on the case that it came to.
import { z } from "zod";
import { type ActKind, endedKeys, nothing } from "../act-kind.ts";

const authority = z.object({ name: z.string() });

export const authorityActs = {
	"authority-added": { on: "authority", details: authority.extend({ laws: z.array(z.string()) }) },
	"authority-enabled": { on: "authority", details: authority },
	"authority-disabled": { on: "authority", details: authority },
	"authority-key-added": { on: "authority", details: nothing },
	"authority-keys-revoked": { on: "authority", details: endedKeys },
} as const satisfies Readonly<Record<string, ActKind>>;
