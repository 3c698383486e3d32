/** In a text area Enter confirms and Shift+Enter starts a new line; while an input method composes, Enter is its own. */
export function submitOnEnter(event: KeyboardEvent): void {
	if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.repeat) return;
	event.preventDefault();
	if (event.currentTarget instanceof HTMLTextAreaElement) event.currentTarget.form?.requestSubmit();
}
