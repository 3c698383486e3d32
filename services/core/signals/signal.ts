// What all signals share: a signal is what one detector says of one item. Its kind's folder owns all the rest; whoever holds a signal
// asks the catalogue (catalogue.ts), never which kind it is.
import { z } from "zod";

export const signal = z.looseObject({
	/** A kind of the catalogue. */
	kind: z.string(),
	/** Who spoke: `hash`, `model`, `text`, `media`. */
	detector: z.string(),
	/** Version of the algorithm, model or list that spoke. */
	version: z.string(),
});
export type Signal = Readonly<z.infer<typeof signal>>;

/** The fields that every kind's schema has beside its own. */
export const signalFields = <K extends string>(kind: K) => ({
	kind: z.literal(kind),
	detector: z.string(),
	version: z.string(),
});
