
"use strict";
const SVG = "http://www.w3.org/2000/svg";
const HEARD_S = 2, QUESTION_S = 4, FLASH_S = 0.2, BETWEEN_FLASHES_S = 0.4, LOST_S = 2;
const token = document.querySelector("meta[name=token]").content;
const flashes = document.documentElement.dataset.flash === "yes";
const still = matchMedia("(prefers-reduced-motion: reduce)");
const [stage, face, title, note, heard, figure, number, unit, words, side, breath, done, caption, buttons] =
  ["stage", "face", "title", "note", "heard", "figure", "number", "unit", "words", "side", "breath", "done", "caption",
   "buttons"].map((id) => document.getElementById(id));
const figures = new Map();
let state = null, drawn = null, lines = [], flashed = -1, stream = null, lost = 0, pressable = "";

const now = () => performance.now() / 1000;
const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
const show = (element, shown) => element.toggleAttribute("hidden", !shown);

/* Ages become times on this page's own clock. What is held stands still at its age. */
function take(message) {
  const before = state, at = now();
  state = message;
  for (const one of [state.captions, state.heard, state.bar, state.countdown, state.motion]) {
    if (one) one.began = at - one.age;
  }
  state.since = before && String(before.question) === String(state.question) ? before.since : at;
  if (flashes && before && state.phases > before.phases && at - flashed > BETWEEN_FLASHES_S) flashed = at;
  lost = 0;
  renderButtons();
  draw();
}

const age = (one) => (state.held ? one.age : now() - one.began);

function draw() {
  if (!state) return;
  const asks = state.question.length > 0;
  const count = asks ? null : state.countdown ? Math.ceil(Math.max(0, state.countdown.left - age(state.countdown))) : state.number;
  const minutes = state.countdown && count > 99;
  put(number, count === null ? "" : String(minutes ? Math.ceil(count / 60) : count));
  put(unit, asks ? "" : state.countdown ? (minutes ? "minutes" : "seconds") : state.unit);
  put(words, state.words);
  put(side, asks ? "" : state.side);
  put(breath, state.held ? "" : state.breath);
  drawHead();
  drawBar();
  drawFigure();
  put(caption, captionNow());
  const shown = Boolean(drawn && state.figure);
  face.className = [count !== null && "counts", state.bar && !asks && "runs", shown && "drawn",
    now() - flashed < FLASH_S && "flash"].filter(Boolean).join(" ");
}

function drawHead() {
  const recent = state.heard && now() - state.heard.began < HEARD_S;
  const trouble = lost && now() - lost > LOST_S ? "No connection to the coach" : state.note;
  put(title, state.title || "Coach");
  put(note, trouble);
  put(heard, recent ? `“${state.heard.text}” ${state.heard.taken ? "✓" : "– not acted on"}` : "");
  heard.className = recent && state.heard.taken ? "taken" : "";
  show(heard, Boolean(recent));
  show(note, !recent && Boolean(trouble));
  show(title, !recent && !trouble);
}

function drawBar() {
  if (!state.bar) return;
  let part = Math.min(1, Math.max(0, age(state.bar) / state.bar.length));
  if (still.matches) part = Math.min(1, Math.ceil(part * state.bar.length) / state.bar.length);
  done.style.transform = `scaleX(${part.toFixed(4)})`;
}

function captionNow() {
  if (state.captions) {
    let past = now() - state.captions.began;
    for (const [text, seconds] of state.captions.parts) {
      if (past < seconds) return text;
      past -= seconds;
    }
    if (past < 0.6) return state.captions.parts.at(-1)[0];
  }
  const asked = state.question;
  return asked.length ? asked[Math.floor((now() - state.since) / QUESTION_S) % asked.length] : "";
}

function partNow(motion) {
  let past = Math.max(0, age(motion)), at = motion.start;
  const whole = motion.path.reduce((sum, [, seconds]) => sum + seconds, 0);
  if (motion.loops && whole) past %= whole;
  for (const [target, seconds] of motion.path) {
    if (past < seconds) return still.matches ? target : at + (target - at) * past / seconds;
    past -= seconds;
    at = target;
  }
  return at;
}

function drawFigure() {
  const wanted = state.figure ? figures.get(state.figure) : null;
  if (wanted !== drawn) {
    drawn = wanted;
    figure.replaceChildren();
    lines = wanted ? wanted.strokes.map(line) : [];
    if (wanted) figure.setAttribute("viewBox", `0 0 ${wanted.size[0]} ${wanted.size[1]}`);
  }
  show(figure, Boolean(drawn));
  if (!drawn || !state.motion) return;
  figure.firstChild.setAttribute("transform", state.mirrored ? `translate(${drawn.size[0]} 0) scale(-1 1)` : "");
  const place = Math.min(1, Math.max(0, partNow(state.motion))) * (drawn.strokes[0].at.length - 1);
  const before = Math.min(Math.floor(place), drawn.strokes[0].at.length - 2);
  drawn.strokes.forEach((stroke, index) => {
    const [one, other] = [stroke.at[before], stroke.at[before + 1]];
    const at = one.map((n, i) => (n + (other[i] - n) * (place - before)).toFixed(4));
    if (stroke.round) {
      lines[index].setAttribute("cx", at[0]);
      lines[index].setAttribute("cy", at[1]);
    } else lines[index].setAttribute("d", `M${at[0]} ${at[1]}L${at[2]} ${at[3]}`);
  });
}

function line(stroke) {
  const group = figure.firstChild || figure.appendChild(document.createElementNS(SVG, "g"));
  const element = group.appendChild(document.createElementNS(SVG, stroke.round ? "circle" : "path"));
  element.setAttribute("class", stroke.ink);
  if (stroke.round) element.setAttribute("r", stroke.width / 2);
  else element.setAttribute("stroke-width", stroke.width);
  return element;
}

function renderButtons() {
  const wanted = JSON.stringify(state.buttons);
  if (wanted === pressable) return;
  pressable = wanted;
  buttons.replaceChildren(...state.buttons.map(([label, command, value, key]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = command === "it_hurts" ? "hurt" : "";
    if (key) button.setAttribute("aria-keyshortcuts", key);
    button.addEventListener("click", (event) => {
      press({command, value});
      if (event.detail) button.blur(); /* pressed by hand: the space bar stays what it is */
    });
    return button;
  }));
}

function press(what) {
  const headers = {"Content-Type": "application/json", "X-Coach-Token": token};
  fetch("/press", {method: "POST", headers, body: JSON.stringify(what)}).catch(() => {});
}

function turn(by) {
  const turned = (Number(sessionStorage.getItem("turn") || 0) + by) % 360;
  sessionStorage.setItem("turn", turned);
  stage.dataset.turn = turned;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.key === "t") return turn(90);
  if (onButton && (event.key === "Enter" || event.key === " ")) return;
  const key = {Enter: "\n", T: "t"}[event.key] || event.key;
  if (key.length !== 1) return;
  event.preventDefault();
  press({key});
});

/* A browser has six connections to one address: a page that nobody sees lets go of its own. */
function follow() {
  if (document.hidden || (state && state.over)) {
    if (stream) stream.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource("/events");
    stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
    stream.addEventListener("figure", (event) => { const one = JSON.parse(event.data); figures.set(one.key, one); });
    stream.addEventListener("end", () => { stream.close(); });
    stream.addEventListener("error", () => { lost = lost || now(); });
  }
}

function frame() {
  draw();
  requestAnimationFrame(frame);
}

turn(0);
addEventListener("visibilitychange", follow);
follow();
requestAnimationFrame(frame);
