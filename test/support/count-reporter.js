// Prints `N passed, N failed` alone on a line, the form that CI reads; a suite that could not run counts as a failure.
export default class CountReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
	}
}
