// Keys, selections and maps. Every page reads and every form sends without this script.
"use strict";

const say = (words) => { document.getElementById("said").textContent = words; };
const items = () => [...document.querySelectorAll("[data-item]")];
let current = null;

const choose = (item) => {
  if (!item) return;
  current = item;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(current);
  choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))]);
};

// keys of one row never reach into another: with a row marked they mean that row, in the queue nothing else
const OF_ROWS = "axueot123456789";
const find = (key) => {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  if (current && !current.isConnected) current = null;
  if (current && current.querySelector(wanted)) return current.querySelector(wanted);
  if (OF_ROWS.includes(key) && (current || document.querySelector("[data-queue]"))) return null;
  return document.querySelector(wanted);
};

document.addEventListener("focusin", (event) => {
  const item = event.target.closest && event.target.closest("[data-item]");
  if (item) current = item;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Escape" && current && !document.querySelector("[data-queue]")) {
    current = null;
    document.activeElement.blur();
    return say("The keys mean the whole page now.");
  }
  if (event.key === "?") return document.getElementById("keys").showModal();
  if (event.key === "j" || event.key === "k") { event.preventDefault(); return step(event.key === "j" ? 1 : -1); }
  if (event.key === "q") { location.href = "/queue"; return; }
  const target = event.key.length === 1 && find(event.key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input:not([type=checkbox]), textarea")) target.focus();
  else target.click();
});

// ---- what was judged is swapped in; the queue goes on by itself
document.addEventListener("htmx:beforeSwap", (event) => {
  const place = items().indexOf(event.detail.target);
  event.detail.target.dataset.place = place;
  current = null;
  window.tracewirePlace = place;
});
document.addEventListener("htmx:afterSettle", () => {
  const place = window.tracewirePlace;
  if (place === undefined || place < 0) return;
  const all = items();
  const here = all[place];
  if (document.querySelector("[data-queue]") && here && here.classList.contains("done")) {
    say("Judged. u undoes it.");
    window.tracewireLast = here;
    choose(all.slice(place + 1).find((item) => !item.classList.contains("done")) || here);
  } else choose(here);
  window.tracewirePlace = undefined;
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest && event.target.closest("input, textarea, select");
  const last = window.tracewireLast;
  if (event.key !== "u" || typing || !last || !last.isConnected) return;
  if (current && current.querySelector("[data-key=u]")) return;
  const undo = last.querySelector("[data-key=u]");
  if (undo) { event.stopImmediatePropagation(); event.preventDefault(); undo.click(); }
}, true);
document.addEventListener("htmx:sendError", () => say("The server does not answer; nothing was written."));

const first = document.querySelector("[data-queue] [data-item]:not(.done)");
if (first && !location.hash) { current = first; first.focus({ preventScroll: true }); }

for (const button of document.querySelectorAll("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById("keys").showModal());
}

// ---- offsets are code points of the raw text
const codePoints = (text) => [...text].length;
const offsetOf = (node, offset) => {
  const span = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
  if (!span || span.dataset.at === "-1") return null;
  return Number(span.dataset.at) + codePoints(span.textContent.slice(0, node.nodeType === 3 ? offset : 0));
};
const text = document.querySelector("[data-text]");
const adding = document.querySelector("#add form");
if (text && adding) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    adding.elements.words.value = chosen.toString().trim();
    adding.elements.start.value = start === null ? "" : start;
    adding.elements.end.value = end === null ? "" : end;
    document.getElementById("add").open = true;
  });
  adding.elements.words.addEventListener("input", () => { adding.elements.start.value = adding.elements.end.value = ""; });
}

let picked = "";
const sentence = document.querySelector("[data-sentence]");
if (sentence) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && sentence.contains(chosen.anchorNode)) picked = chosen.toString().trim();
  });
  for (const field of document.querySelectorAll("[data-words]")) {
    const button = document.createElement("button");
    button.type = "button"; button.className = "take"; button.textContent = "take";
    button.title = "take the words selected in the sentence";
    button.setAttribute("aria-label", "Take the words selected in the sentence");
    button.addEventListener("click", () => { if (picked) field.value = picked; else say("Select words in the sentence first."); });
    field.after(button);
  }
}

// ---- maps: the drawing stays until one that moves is ready with its outlines, which come from this server
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const outlines = (bounds) => fetch(`/map/outline.json?box=${bounds.toBBoxString()}`).then((answer) => {
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
});
const moving = (figure, points, around, bounds, found) => {
  const holder = document.createElement("div");
  figure.querySelector("svg").replaceWith(holder);
  const map = L.map(holder, { attributionControl: false, worldCopyJump: true, maxZoom: 11, scrollWheelZoom: false });
  map.fitBounds(bounds.pad(.3), { maxZoom: 6, animate: false });
  const land = L.geoJSON(found, { interactive: false, style: { className: "land", color: colour("--paper"), weight: 1, fillOpacity: 1, fillColor: colour("--land") } }).addTo(map);
  for (const p of points) {
    const at = L.latLng(Number(p.lat), Number(p.lon));
    const metres = Math.min(Number(p.km), 1500) * 1000;
    if (metres) L.circle(at, { radius: metres, color: colour("--bad"), weight: 1, fillOpacity: .13 }).addTo(map);
    L.circleMarker(at, { radius: 5, color: colour("--paper"), weight: 1, fillColor: colour("--bad"), fillOpacity: 1 })
      .bindTooltip(document.createTextNode(p.name + (Number(p.km) ? `, within ${p.km} km` : ""))).addTo(map);
  }
  let drawn = around;
  map.on("moveend", () => {
    const seen = map.getBounds();
    if (drawn.contains(seen)) return;
    drawn = seen.pad(1);
    outlines(drawn).then((more) => { land.clearLayers(); land.addData(more); land.bringToBack(); }).catch(() => say("The outlines did not come; the points stand where they stood."));
  });
};
for (const figure of window.L ? document.querySelectorAll("[data-map]") : []) {
  const points = [...figure.querySelectorAll(".point")].map((p) => p.dataset);
  if (!points.length) continue;
  const bounds = L.latLngBounds([]);
  for (const p of points) {
    const at = L.latLng(Number(p.lat), Number(p.lon));
    bounds.extend(Number(p.km) ? at.toBounds(Math.max(Math.min(Number(p.km), 1500) * 2000, 20000)) : at);
  }
  const middle = bounds.getCenter();
  const around = L.latLngBounds(bounds.pad(1)).extend([middle.lat - 12, middle.lng - 20]).extend([middle.lat + 12, middle.lng + 20]);
  outlines(around).then((found) => moving(figure, points, around, bounds, found), () => {}); // without them the drawing stays
}
