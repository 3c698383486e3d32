// What is wrong with a rule, as a sentence: one for each code.
import type { RuleFault, RuleFaultCode } from "../core/rules/rule-fault.ts";

export type RuleFaultWords = Readonly<Record<RuleFaultCode, (fault: RuleFault) => string>>;
