/** A text that ends as a sentence does. */
export const sentenced = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
