import { appendFileSync } from "node:fs";

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** What failed, a line per test with the beginning of why. */
function failures(results) {
	return results.testResults.flatMap(({ testFilePath, testResults, testExecError }) => [
		...(testExecError ? [`${testFilePath}: ${reason(testExecError.message)}`] : []),
		...testResults
			.filter(({ status }) => status === "failed")
			.map(({ fullName, failureMessages }) => `${testFilePath} › ${fullName}: ${reason(failureMessages[0])}`),
	]);
}

function reason(message = "") {
	return message.replace(colours, "").split("\n").filter(Boolean).slice(0, 6).join(" | ").slice(0, 600);
}

// Prints `N passed, N failed` alone on a line, the form that CI reads; a suite that could not run counts as a failure. The file that
// `TEST_FAILURES` names gets a line for each failure, so that CI can say at its very end what failed.
export default class CountReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const file = process.env.TEST_FAILURES;
		if (file && failed > 0) appendFileSync(file, `${failures(results).join("\n")}\n`);
		process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
	}
}
