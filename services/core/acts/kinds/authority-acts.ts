// Acts on authorities' accounts; what one asked for is an act on the case that it came to.
import { z } from "zod";
import { channel } from "../../authorities/channel.ts";
import { requestId } from "../../ids.ts";
import { type ActKind, endedKeys, nothing } from "../act-kind.ts";

const authority = z.object({ name: z.string() });
const login = z.object({ login: z.string() });

export const authorityActs = {
	"authority-added": { on: "authority", details: authority.extend({ laws: z.array(z.string()) }) },
	"authority-enabled": { on: "authority", details: authority },
	"authority-disabled": { on: "authority", details: authority },
	"authority-login-added": { on: "authority", details: login },
	"authority-login-reset": { on: "authority", details: login },
	"authority-login-disabled": { on: "authority", details: login },
	"authority-login-enabled": { on: "authority", details: login },
	"authority-login-set-up": { on: "authority", details: nothing },
	"authority-logged-in": { on: "authority", details: nothing },
	"authority-logged-out": { on: "authority", details: nothing },
	"authority-recovery-code-used": { on: "authority", details: z.object({ left: z.int() }) },
	/** Somebody of ours typed it in; how it came, and when it had arrived as they say. */
	"authority-request-entered": {
		on: "authority",
		details: z.object({ requestId, channel, arrivedAt: z.string() }),
	},
	"authority-key-added": { on: "authority", details: nothing },
	"authority-keys-revoked": { on: "authority", details: endedKeys },
} as const satisfies Readonly<Record<string, ActKind>>;
