// By which way a request came. What an authority sends itself is received as it comes; what somebody of ours types in may have arrived before.
import { z } from "zod";
import type { AuthorityAccountId, UserId } from "../ids.ts";

export const typedChannels = ["e-mail", "phone", "letter"] as const;
const channels = ["key", "page", ...typedChannels] as const;
export const channel = z.enum(channels);
export type Channel = z.infer<typeof channel>;

export type Arrival =
	| { readonly channel: "key" }
	| { readonly channel: "page"; readonly account: AuthorityAccountId }
	| {
			readonly channel: (typeof typedChannels)[number];
			readonly clerk: UserId;
			/** As the clerk says, never after it was typed in. */
			readonly arrivedAt: Date;
	  };
