// Countries, where something goes by the law of one: by their codes of ISO 3166-1 alpha-2.
import { z } from "zod";

export const country = z.string().regex(/^[A-Z]{2}$/);
export type Country = z.infer<typeof country>;
