import { BankScreen } from "../banks/bank-screen.tsx";
import { BanksScreen } from "../banks/banks-screen.tsx";
import { CaseScreen } from "../case/case-screen.tsx";
import { DueScreen } from "../due/due-screen.tsx";
import { LogScreen } from "../log/log-screen.tsx";
import { ModelsScreen } from "../models/models-screen.tsx";
import { NowScreen } from "../operations/now-screen.tsx";
import { OutbreaksScreen } from "../outbreaks/outbreaks-screen.tsx";
import { ForbiddenPanel, StatePanel } from "../parts/state-panel.tsx";
import { PolicyScreen } from "../policy/policy-screen.tsx";
import { QueueScreen } from "../queue/queue-screen.tsx";
import { ReportScreen } from "../reports/report-screen.tsx";
import { ReportsScreen } from "../reports/reports-screen.tsx";
import { EnterRequestScreen } from "../requests/enter-request-screen.tsx";
import { RulesScreen } from "../rules/rules-screen.tsx";
import { StuckScreen } from "../stuck/stuck-screen.tsx";
import { useDesk, useWords } from "./console-context.ts";
import { onDemand } from "./on-demand.tsx";
import { neededPermission, type Route } from "./route.ts";

const RuleScreen = onDemand("rule", async () => (await import("../rules/rule-screen.tsx")).RuleScreen);
const TrendsScreen = onDemand("trends", async () => (await import("../trends/trends-screen.tsx")).TrendsScreen);

export function Screen({ route }: { readonly route: Route }) {
	const words = useWords();
	const { session, may } = useDesk();
	if (route.name === "start" || route.name === "missing") {
		return (
			<main id="content" class="page">
				<StatePanel title={words.shell.states.missingTitle}>
					<a class="button" href="#/">
						{words.shell.states.toStart}
					</a>
				</StatePanel>
			</main>
		);
	}
	if (!may(neededPermission[route.name])) {
		return (
			<main id="content" class="page">
				<ForbiddenPanel roles={session.user.roles} />
			</main>
		);
	}
	switch (route.name) {
		case "queue":
			return <QueueScreen />;
		case "case":
			return <CaseScreen key={route.id} id={route.id} />;
		case "due":
			return <DueScreen />;
		case "requests":
			return <EnterRequestScreen />;
		case "now":
			return <NowScreen />;
		case "outbreaks":
			return <OutbreaksScreen />;
		case "trends":
			return <TrendsScreen />;
		case "banks":
			return <BanksScreen />;
		case "bank":
			return <BankScreen key={route.bank} name={route.bank} />;
		case "models":
			return <ModelsScreen />;
		case "reports":
			return <ReportsScreen />;
		case "report":
			return <ReportScreen key={route.id} id={route.id} />;
		case "policy":
			return <PolicyScreen key={route.revision} revision={route.revision} />;
		case "rules":
			return <RulesScreen />;
		case "rule":
			return <RuleScreen key={route.rule} rule={route.rule} />;
		case "log":
			return <LogScreen />;
		case "stuck":
			return <StuckScreen kind={route.kind} />;
	}
}
