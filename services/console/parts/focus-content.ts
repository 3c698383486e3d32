/** The address's `#` names screens, so the jump is made by hand. */
export function focusContent(): void {
	const content = document.getElementById("content");
	content?.setAttribute("tabindex", "-1");
	content?.focus();
}
