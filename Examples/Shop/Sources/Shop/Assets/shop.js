"use strict";

// Everything here improves pages that work without it.

const byData = (name, root = document) => [...root.querySelectorAll(`[data-${name}]`)];

// Seats: the names, the total, and the limit.
for (const form of byData("seats")) {
  const names = form.querySelector("[data-names]");
  const total = form.querySelector("[data-total]");
  const start = names.textContent;
  const boxes = [...form.querySelectorAll("input[name=seat]")];
  const taken = new Set(boxes.filter((box) => box.disabled));
  const limit = Number(form.dataset.limit);
  const update = () => {
    const chosen = boxes.filter((box) => box.checked);
    const sen = chosen.length * Number(form.dataset.sen);
    names.textContent = chosen.length ? chosen.map((box) => box.value.split(" ")[0]).join(", ") : start;
    total.textContent = chosen.length ? `RM ${Math.floor(sen / 100)}.${String(sen % 100).padStart(2, "0")}` : "";
    for (const box of boxes) box.disabled = taken.has(box) || (chosen.length >= limit && !box.checked);
    // A disabled box is not checked.
    boxes.find((box) => !taken.has(box))?.setCustomValidity(chosen.length ? "" : "Choose at least one seat.");
  };
  form.addEventListener("change", update);
  // The browser may restore checked seats after `Back`.
  addEventListener("pageshow", update);
  update();
}

// A form that is sent twice is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  const button = form.querySelector("button");
  if (button?.dataset.busy) {
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  }
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of byData("once")) {
    delete form.dataset.sent;
    const button = form.querySelector("button[data-label]");
    if (!button) continue;
    button.textContent = button.dataset.label;
    button.removeAttribute("aria-disabled");
  }
});

// What live parts show before a countdown changes it.
for (const part of byData("part")) part.dataset.shown = part.innerHTML;

// Countdowns: the date is the server's; only the seconds are counted here.
const countDown = () => {
  for (const time of byData("countdown")) {
    const left = Math.max(0, Math.ceil((Date.parse(time.dateTime) - Date.now()) / 1000));
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (time.textContent !== text) time.textContent = text;
    time.closest(".deadline")?.classList.toggle("soon", left < 120);
  }
};
countDown();
setInterval(countDown, 1000);

// Live parts: a part that has changed is replaced; all others keep their focus and their place.
for (const live of byData("live")) {
  let source;
  const show = (html) => {
    const next = new DOMParser().parseFromString(`<div>${html}</div>`, "text/html").body;
    for (const part of byData("part", next)) {
      const here = live.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (!here || (here.dataset.shown ?? here.innerHTML) === part.innerHTML) continue;
      const focus = here.contains(document.activeElement) ? document.activeElement.id : "";
      here.dataset.shown = part.innerHTML;
      here.innerHTML = part.innerHTML;
      if (focus) document.getElementById(focus)?.focus();
    }
    const [state, nextState] = [live.querySelector(".state"), next.querySelector(".state")];
    if (state && nextState) state.className = nextState.className;
    countDown();
    return Boolean(next.querySelector("[data-over]"));
  };
  const open = () => {
    if (source || document.hidden || live.querySelector("[data-over]")) return;
    source = new EventSource(live.dataset.live);
    source.onmessage = (event) => {
      if (!show(event.data)) return;
      live.querySelector(".state")?.setAttribute("data-over", "");
      close();
    };
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  // A hidden page needs no connection: browsers allow few to one server.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
