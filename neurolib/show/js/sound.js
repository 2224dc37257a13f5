// Sound, off until asked for: a curve is heard as pitch, from the foot of its axis to the top. While the play head runs this is
// the audio monitor of a rig, and spikes click; from left to right it is for readers who do not see the curve.

const FOOT = 110, OCTAVES = 3; // Hz at the foot of an axis, and how far above that its top is
const VOLUME = 0.12;
let audio = null, only = null, hearing = 0;

/** The page's one voice, made when it is first asked for; it waits in silence. */
function voice() {
  audio ??= new AudioContext();
  audio.resume();
  only ??= newVoice();
  return only;
}

function newVoice() {
  const tone = audio.createOscillator(), volume = audio.createGain();
  tone.type = "triangle";
  volume.gain.value = 0;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  const loud = (gain) => volume.gain.setTargetAtTime(gain, audio.currentTime, 0.02);
  return {
    /** Sound at a place on the axis, 0 to 1; beyond its ends as at the end, and where there is no value not at all. */
    at(share) {
      loud(Number.isFinite(share) ? VOLUME : 0);
      const held = Math.min(Math.max(share, 0), 1);
      if (Number.isFinite(held)) tone.frequency.setTargetAtTime(FOOT * 2 ** (OCTAVES * held), audio.currentTime, 0.01);
    },
    click() {
      const knock = audio.createOscillator(), fade = audio.createGain();
      knock.type = "square";
      knock.frequency.value = 1500;
      fade.gain.setValueAtTime(2 * VOLUME, audio.currentTime);
      fade.gain.exponentialRampToValueAtTime(1e-3, audio.currentTime + 0.03);
      knock.connect(fade).connect(audio.destination);
      knock.start();
      knock.stop(audio.currentTime + 0.03);
    },
    hush: () => loud(0),
  };
}

/** Where a value stands on its panel's axis, 0 at the foot. */
function shareOf(panel, value) {
  return (panel.toY(value) - panel.y.from) / (panel.y.to - panel.y.from);
}

/** The monitor of an explorer's first curve in time: its button, and what it does as the head runs; null without such a curve. */
function monitorOf(explorer) {
  const { spec, text } = explorer;
  const first = () => explorer.drawing.moving.find(({ kind, x }) => kind === "curve" && x === spec.time);
  if (!first() || !globalThis.AudioContext) return null;
  let on = false, last = NaN;
  const button = make("button", {
    type: "button", class: "explorer-pace", "data-tool": "sound", "aria-pressed": "false", "aria-label": text.sound, title: text.sound,
    click: () => {
      on = !on;
      voice(); // browsers make sound only where a reader has asked for it
      button.setAttribute("aria-pressed", String(on));
      if (!on) hush();
    },
  }, "♪");
  const hush = () => {
    only?.hush();
    last = NaN;
  };
  /** The head is at `t`; a rise through the middle of the axis since it was heard last clicks. */
  const follow = (t) => {
    if (!on || explorer.fault) return;
    const sounds = voice();
    const { x, y, panel: number } = first();
    const panel = explorer.drawing.panels[number], times = explorer.results[x], values = explorer.results[y];
    const high = (i) => shareOf(panel, values[i]) >= 0.5;
    if (times.some((at, i) => i > 0 && at > last && at <= t && high(i) && !high(i - 1))) sounds.click();
    sounds.at(shareOf(panel, valueAt(times, values, t)));
    last = t;
  };
  return { button, follow, hush };
}

/** End what is being heard from left to right. */
function silence() {
  hearing += 1;
  only?.hush();
}

/** Hear values (places on an axis, 0 to 1) one after the other; `show(i)` is called with each. A new one ends the one before. */
function hear(shares, seconds, show) {
  const sounds = voice(), mine = (hearing += 1), from = performance.now();
  const next = (now) => {
    if (mine !== hearing) return;
    const i = Math.min(Math.floor(((now - from) / 1000 / seconds) * shares.length), shares.length - 1);
    sounds.at(shares[i]);
    show(i);
    if (i < shares.length - 1) requestAnimationFrame(next);
    else sounds.hush();
  };
  requestAnimationFrame(next);
}
