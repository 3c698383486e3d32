// `@jest/globals`, for modules that outlive a test file: each call goes to the tests of the file that is running.
let current;

export function useGlobals(globals) {
	current = globals;
}

const delegate = (name) =>
	new Proxy(() => undefined, {
		apply: (_target, _self, args) => current[name](...args),
		get: (_target, property) => current[name][property],
	});

export const afterAll = delegate("afterAll");
export const afterEach = delegate("afterEach");
export const beforeAll = delegate("beforeAll");
export const beforeEach = delegate("beforeEach");
export const describe = delegate("describe");
export const expect = delegate("expect");
export const it = delegate("it");
export const test = delegate("test");
