// What authorities ask for, apart from what starts by it: pages need no more.
import { z } from "zod";

export const asked = z.enum(["removal", "information", "preservation"]);
export type Asked = z.infer<typeof asked>;
