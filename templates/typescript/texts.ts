/** A text in ASCII without case; others stay as they are: the lower case of U+212A is k, and is not meant. */
export function asWord(text: string | null): string {
  return text === null ? "" : isAscii(text) ? text.toLowerCase() : text;
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}
