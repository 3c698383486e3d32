// What the columns of a row are parsed by, as the driver hands them over; ids, enumerations and stored JSON have schemas in core.
import { z } from "zod";

/** text, and uuid where no id of core fits. */
export const text = z.string();
/** integer, smallint. */
export const whole = z.int();
/** real, double precision. */
export const real = z.number();
/** boolean. */
export const flag = z.boolean();
/** timestamptz. */
export const time = z.date();
/** timestamptz within JSON. */
export const timeInJson = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
/** bytea. */
export const bytes = z.instanceof(Buffer);
/** bigint, and sums of it, where they fit a number. */
export const count = z.string().transform(Number).pipe(z.int());
/** bigint where every digit counts: offsets. */
export const exact = z
	.string()
	.regex(/^-?\d+$/)
	.transform(BigInt);
