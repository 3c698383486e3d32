// The review API on which people type in what authorities ask by e-mail, phone or letter.
import { z } from "zod";
import { authorityRequest } from "../authorities/authority-request.ts";
import { typedChannels } from "../authorities/channel.ts";
import { authorityId } from "../ids.ts";
import { authorityRequestAnswer } from "./authority-api.ts";
import { timestamp } from "./review-case.ts";

// GET /api/authorities
export const authoritiesAnswer = z.object({
	authorities: z.array(z.object({ id: authorityId, name: z.string(), jurisdiction: z.string() })),
});
export type AuthoritiesAnswer = z.infer<typeof authoritiesAnswer>;

// POST /api/authority-requests
export const requestEntry = authorityRequest.extend({
	authority: authorityId,
	channel: z.enum(typedChannels),
	/** When it arrived, never after now; null: just now. It does not change afterwards. */
	arrivedAt: timestamp.nullable(),
});
/** `isNew` false: that reference was there, and nothing was added to what it asked. */
export const requestEntryAnswer = z.object({ isNew: z.boolean(), request: authorityRequestAnswer });
export type RequestEntryAnswer = z.infer<typeof requestEntryAnswer>;
export type RequestEntry = z.input<typeof requestEntry>;
