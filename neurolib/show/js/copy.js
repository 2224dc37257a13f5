// The clipboard, which a browser may refuse.

/** Copy a text; where the clipboard is refused, it is told, to be copied by hand. */
async function copyOrTell(content, tell, text) {
  try {
    await navigator.clipboard.writeText(content);
    tell(text.copied);
  } catch {
    tell(content);
  }
}
