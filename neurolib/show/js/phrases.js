// Phrases put together as a reader's language does.

/** "name: value" in the reader's language. */
const pair = (text, name, value) => text.pair.replace("{name}", () => name).replace("{value}", () => value);

/** A text with a full stop, unless it ends a sentence already. */
const ended = (text, sentence) => (/[.?!…。？！]$/.test(sentence) ? sentence : text.stop.replace("{sentence}", () => sentence));
