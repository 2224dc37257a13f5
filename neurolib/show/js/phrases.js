// Phrases put together as a reader's language does.

/** "name: value" in the reader's language. */
const pair = (text, name, value) => filled(text.pair, { name, value });

/** A text with a full stop, unless it ends a sentence already. */
const ended = (text, sentence) => (/[.?!…。？！]$/.test(sentence) ? sentence : filled(text.stop, { sentence }));
