// All that anyone can do or see that the log keeps: code, what it is done to, and what is told of it.
import { z } from "zod";
import type { ActKind } from "./act-kind.ts";
import { authorityActs } from "./kinds/authority-acts.ts";
import { bankActs } from "./kinds/bank-acts.ts";
import { caseActs } from "./kinds/case-acts.ts";
import { clockActs } from "./kinds/clock-acts.ts";
import { clusterActs } from "./kinds/cluster-acts.ts";
import { lawActs } from "./kinds/law-acts.ts";
import { operatorActs } from "./kinds/operator-acts.ts";
import { outbreakActs } from "./kinds/outbreak-acts.ts";
import { peopleActs } from "./kinds/people-acts.ts";
import { policyActs } from "./kinds/policy-acts.ts";
import { reportActs } from "./kinds/report-acts.ts";
import { ruleActs } from "./kinds/rule-acts.ts";
import { silenceActs } from "./kinds/silence-acts.ts";
import { sweepActs } from "./kinds/sweep-acts.ts";
import { templateActs } from "./kinds/template-acts.ts";
import { viewActs } from "./kinds/view-acts.ts";

export const actCatalogue = {
	...caseActs,
	...bankActs,
	...authorityActs,
	...clockActs,
	...clusterActs,
	...lawActs,
	...operatorActs,
	...outbreakActs,
	...peopleActs,
	...policyActs,
	...reportActs,
	...silenceActs,
	...sweepActs,
	...templateActs,
	...ruleActs,
	...viewActs,
} as const satisfies Readonly<Record<string, ActKind>>;

export type ActCode = keyof typeof actCatalogue;
export const actCodes = Object.keys(actCatalogue) as readonly ActCode[];
export const actCode = z.enum(actCodes);
export type ActDetails<C extends ActCode> = z.infer<(typeof actCatalogue)[C]["details"]>;
