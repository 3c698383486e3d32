// Acts that keep the system running: on what is stuck, on breakers, models and platforms.
import { z } from "zod";
import { breakerKinds } from "../../policy/breaker.ts";
import { country } from "../../wire/country.ts";
import { type ActKind, endedKeys, nothing } from "../act-kind.ts";

/** A breaker's id is its scope as text; an entry's, bank's or platform's name is not part of it. */
const scope = z.object({ kind: z.enum(breakerKinds) });
const platform = z.object({ name: z.string() });
const model = z.object({ model: z.string() });
const proposal = z.object({ model: z.string(), version: z.string(), category: z.string() });

export const operatorActs = {
	"dead-letter-replayed": { on: "dead-letter", details: nothing },
	"dead-letter-discarded": { on: "dead-letter", details: nothing },
	"job-replayed": { on: "job", details: nothing },
	"job-discarded": { on: "job", details: nothing },
	"order-replayed": { on: "order", details: nothing },
	"order-discarded": { on: "order", details: nothing },

	/** The rates are null where a person opened it. */
	"breaker-opened": {
		on: "breaker",
		details: scope.extend({ perMinute: z.number().nullable(), baselinePerMinute: z.number().nullable() }),
	},
	"breaker-closed": { on: "breaker", details: scope },

	"model-shadow": { on: "models", details: model.extend({ share: z.number() }) },
	"model-end-shadow": { on: "models", details: nothing },
	"model-promote": { on: "models", details: model },
	"model-accept": { on: "proposal", details: proposal },
	"model-renew-reference": { on: "models", details: nothing },
	"model-rollback": { on: "models", details: z.object({ origin: z.int() }) },
	"proposal-made": { on: "proposal", details: proposal },
	"proposal-rejected": { on: "proposal", details: proposal },

	"platform-added": { on: "platform", details: platform },
	"platform-webhook-set": { on: "platform", details: z.object({ isSet: z.boolean() }) },
	"platform-country-set": { on: "platform", details: z.object({ country: country.nullable() }) },
	"platform-jurisdictions-set": { on: "platform", details: z.object({ jurisdictions: z.array(z.string()) }) },
	"platform-addresses-set": { on: "platform", details: z.object({ count: z.int() }) },
	"platform-enabled": { on: "platform", details: nothing },
	"platform-disabled": { on: "platform", details: nothing },
	"platform-key-added": { on: "platform", details: z.object({ label: z.string(), mayCurate: z.boolean() }) },
	"platform-keys-revoked": { on: "platform", details: endedKeys },
} as const satisfies Readonly<Record<string, ActKind>>;
