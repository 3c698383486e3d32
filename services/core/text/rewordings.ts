// The kinds of other form under which a text is looked up.

/**
 * `unmarked`: without markup, entities read. `respelled`: letters that stood apart joined, digits read as letters, words parted.
 * `retyped`: keystrokes and old encodings read as Vietnamese. `excerpt`: a part of it, in any of these forms.
 */
export const rewordings = ["unmarked", "respelled", "retyped", "excerpt"] as const;
export type Rewording = (typeof rewordings)[number];
