"use strict";
(() => {
  const gap = 8;
  const touching = matchMedia("(pointer: coarse), (max-width: 760px)");
  let shown = null;
  let mark = null;
  let pinned = false;
  let pressing = false;

  const row = (figure) => document.getElementById(figure.hash.slice(1));

  function hide() {
    if (!shown) return;
    shown.hidden = true;
    mark.classList.remove("on");
    row(mark)?.classList.remove("on");
    shown = mark = null;
    pinned = false;
  }

  function place() {
    if (touching.matches) {
      shown.style.left = shown.style.top = "";
      return;
    }
    const at = mark.getClientRects()[0];
    const width = shown.offsetWidth;
    const height = shown.offsetHeight;
    const left = Math.min(Math.max(gap, at.left), document.documentElement.clientWidth - width - gap);
    const below = at.bottom + gap + height <= innerHeight || at.top < height + gap;
    shown.style.left = `${left + scrollX}px`;
    shown.style.top = `${(below ? at.bottom + gap : at.top - gap - height) + scrollY}px`;
  }

  function reveal(line) {
    const side = document.getElementById("table");
    if (!line || side.scrollHeight <= side.clientHeight || touching.matches) return;
    const box = side.getBoundingClientRect();
    const at = line.getBoundingClientRect();
    const head = line.closest("table").tHead.offsetHeight;
    if (at.top < box.top + head) side.scrollTop += at.top - box.top - head;
    else if (at.bottom > box.bottom) side.scrollTop += at.bottom - box.bottom;
  }

  function show(figure) {
    if (figure === mark) return;
    hide();
    const card = document.getElementById(figure.dataset.card);
    if (!card) return;
    shown = card;
    mark = figure;
    shown.hidden = false;
    mark.classList.add("on");
    row(mark)?.classList.add("on");
    reveal(row(mark));
    place();
  }

  const figureOf = (event) => event.target.closest?.("a.figure");
  const rowsFigure = (event) => {
    const line = event.target.closest?.("tr[data-figure]");
    return line && document.getElementById(line.dataset.figure);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const figure = figureOf(event);
    if (figure) show(figure);
    else if (shown && !event.target.closest?.(".card") && document.activeElement !== mark) hide();
    document.querySelectorAll("a.figure.near").forEach((one) => one.classList.remove("near"));
    rowsFigure(event)?.classList.add("near");
  });
  // A sheet that opened under the finger would take the click from the figure: a tap shows it when it ends.
  document.addEventListener("pointerdown", () => (pressing = true));
  document.addEventListener("pointercancel", () => (pressing = false));
  document.addEventListener("focusin", (event) => {
    if (pressing && touching.matches) return;
    const figure = figureOf(event);
    if (figure) show(figure);
    else if (shown && !event.target.closest?.(".card")) hide();
  });
  document.addEventListener("click", (event) => {
    pressing = false;
    const figure = figureOf(event);
    if (figure && touching.matches) {
      event.preventDefault();
      show(figure);
      pinned = true;
      const sheet = shown.getBoundingClientRect().top;
      const at = figure.getBoundingClientRect();
      if (at.bottom > sheet - gap) scrollBy({ top: at.bottom - sheet + 6 * gap, behavior: "instant" });
    } else if (event.target.closest?.(".close, .to-table") || (shown && !event.target.closest?.(".card") && !figure)) {
      const back = mark;
      const closing = event.target.closest?.(".close");
      hide();
      if (closing && back) back.focus({ preventScroll: true });
      if (closing) hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("resize", () => shown && place());
})();
