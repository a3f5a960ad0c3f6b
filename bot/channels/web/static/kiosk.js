// A machine for everybody: after a minute it asks whether anybody is still there, half a minute later it lets go of them.
const WARNED = 60_000;
const WIPED = 90_000;

const idle = document.querySelector(".idle");
let touched = Date.now();
let gone = false;

// Nothing has happened here yet: no turn taken, no word typed, letters of the usual size.
function untouched() {
  const turn = document.querySelector("#press [name=turn]");
  const typed = [...document.querySelectorAll("main input:not([type=hidden])")].some((box) => box.value);
  return turn?.value === "0" && !typed && root.dataset.letters === "vua" && root.lang === "vi";
}

// The screen is empty before the server has answered, and this page is no place to come back to.
function next() {
  if (gone) return;
  gone = true;
  quiet();
  document.body.replaceChildren();
  location.replace("/kiosk");
}

function stay() {
  touched = Date.now();
  if (idle.open) idle.close();
}

function check() {
  if (untouched()) return stay();
  const left = WIPED - (Date.now() - touched);
  if (left <= 0) return next();
  if (left > WIPED - WARNED) return;
  idle.querySelector("b").textContent = Math.ceil(left / 1000);
  if (!idle.open) idle.showModal();
}

setInterval(check, 500);
document.addEventListener("visibilitychange", check);
for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove", "scroll"]) {
  window.addEventListener(kind, () => { if (!idle.open) touched = Date.now(); }, { capture: true, passive: true });
}
// Once asked, only an answer counts: a press anywhere but on "next person", or Escape.
idle.addEventListener("close", () => { touched = Date.now(); });
document.addEventListener("click", (event) => { if (idle.open && !event.target.closest(".next")) stay(); });

// One page takes the place of the other, so there is no way back into what a person before has read. Nothing leads away.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.matches(".next")) return next();
  if (link.origin === location.origin && !link.hasAttribute("download")) location.replace(link.href);
});
window.addEventListener("pageshow", (event) => { if (event.persisted) next(); });
