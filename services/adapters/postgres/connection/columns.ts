// What the columns of a row are parsed by, as the driver hands them over; ids, enumerations and stored JSON have schemas in core.
import { z } from "zod";

export const column = {
	/** text, and uuid where no id of core fits. */
	text: z.string(),
	/** text[] */
	texts: z.array(z.string()),
	/** integer, smallint. */
	whole: z.int(),
	/** real, double precision. */
	real: z.number(),
	flag: z.boolean(),
	/** timestamptz. */
	time: z.date(),
	/** timestamptz within JSON. */
	timeInJson: z.iso.datetime({ offset: true }).transform((iso) => new Date(iso)),
	/** bytea. */
	bytes: z.instanceof(Buffer),
	/** bigint, and sums of it, where they fit a number. */
	count: z.string().transform(Number).pipe(z.int()),
	/** bigint where every digit counts. */
	exact: z
		.string()
		.regex(/^-?\d+$/)
		.transform(BigInt),
} as const;
