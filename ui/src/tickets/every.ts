/** Milliseconds between two looks at what is shown, where nothing tells of changes by itself. */
export const EVERY = 15_000;
