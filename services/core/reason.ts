// Everything that a refusal may give as its reason, beside the code of the error: what is wrong with what was sent, or why a second person
// must agree.
import { z } from "zod";
import { settingsFaultSchema } from "./banks/bank.ts";
import { allowanceFault } from "./banks/import-allowance.ts";
import { widening } from "./banks/widened-trust.ts";
import { fault } from "./fault.ts";
import { categoryFault } from "./policy/categories.ts";
import { quoted } from "./quoted.ts";

export const reason = z.discriminatedUnion("code", [
	...fault.options,
	...allowanceFault.options,
	...widening.options,
	...settingsFaultSchema.options,
	categoryFault,
	quoted,
]);
export type Reason = z.infer<typeof reason>;
