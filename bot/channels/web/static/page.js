// With a script the page answers in place: the answer is read out first, and a tick does not move the page.
// Without one the same forms do the same things.
const root = document.documentElement;
root.classList.add("scripted");

let waiting = false;

function wait(yes) {
  waiting = yes;
  document.body.setAttribute("aria-busy", yes);
}

// The control that was used, on the page that came of it: there the focus stays.
function again(pressed) {
  if (pressed?.matches(".tick")) return document.querySelector(`.tick[value="${CSS.escape(pressed.value)}"]`);
  if (!pressed?.matches(".letters button")) return null;
  const all = (page) => [...page.querySelectorAll(".letters button")];
  const same = all(document)[[...pressed.parentElement.children].indexOf(pressed)];
  return same.disabled ? all(document)[1] : same;
}

function show(answer, pressed) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  root.lang = page.documentElement.lang;
  root.dataset.letters = page.documentElement.dataset.letters;
  document.title = page.title;
  for (const part of [".skip", ".top", "main", ".foot"]) document.querySelector(part).replaceWith(page.querySelector(part));
  document.dispatchEvent(new Event("answered"));
  const same = again(pressed);
  if (same) return same.focus({ preventScroll: true });
  if (live() === "talking") return atTheEnd();
  window.scrollTo(0, 0);
  const first = document.querySelector(".reply > :first-child");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  const status = document.querySelector("[data-answered]");
  status.textContent = "";
  status.textContent = page.querySelector("[data-answered]").dataset.answered;
}

// What others do changes some pages: how, or "no".
function live() {
  return location.pathname === "/" ? document.querySelector("#press")?.dataset.live ?? "no" : "no";
}

// The last line of a talk between two people, and the box to answer in.
function atTheEnd() {
  const box = document.querySelector("#words");
  box.focus({ preventScroll: true });
  box.closest("form").scrollIntoView({ block: "end" });
}

const LOOK = 4000; // milliseconds

// Such a page is looked at again. What is being typed, and where the focus is, stay as they are.
async function look() {
  if (waiting || document.hidden || live() === "no") return;
  const answer = await fetch("/", { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok || waiting) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = (one) => [...one.querySelectorAll("main .reply, main .choices .label, main label")].map((part) => part.textContent).join("\n");
  const main = page.querySelector("main");
  if (waiting || !page.querySelector("#press") || shown(page) === shown(document)) return;
  const [typed, at] = [document.querySelector("#words"), document.activeElement];
  const box = main.querySelector("#words"); // where whoever is helped holds the phone there is none
  if (box && typed) box.value = typed.value;
  const talked = live() === "talking";
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  const status = document.querySelector("[data-answered]");
  status.textContent = "";
  status.textContent = main.querySelector("#press").dataset.changed;
  if (box && at && at === typed) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(typed.selectionStart, typed.selectionEnd);
  } else if (at?.matches("main button")) {
    main.querySelector(`button[value="${CSS.escape(at.value)}"]`)?.focus({ preventScroll: true });
  }
  if (talked && live() === "talking") main.querySelector("#words").closest("form").scrollIntoView({ block: "nearest" });
}

setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);

document.addEventListener("submit", async (event) => {
  if (location.pathname !== "/") return;
  event.preventDefault();
  if (waiting) return;
  wait(true);
  const { target: form, submitter } = event;
  try {
    const fields = new FormData(form, submitter);
    const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    show(await answer.text(), submitter);
    if (!root.classList.contains("kiosk")) history.pushState(null, "", "/");
  } catch {
    // No answer came. The browser sends the same form itself and says what is wrong; taken twice, it counts once.
    if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
    form.submit();
  } finally {
    wait(false);
  }
});

// Back shows where the talk stands, as it does without a script; it does not leave the page. The skip link stays on it.
window.addEventListener("popstate", () => { if (!location.hash) location.reload(); });
// A page that the browser had put aside may tell of whoever was helped then.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A list on the roll of a receipt printer is one page as long as the list: print.css cannot know how long that is.
const roll = new CSSStyleSheet();

function putOnPaper() {
  if (root.classList.contains("roll")) {
    const onPaper = document.querySelector("link[media=print]");
    onPaper.media = "all";
    const millimetres = Math.ceil((document.body.scrollHeight / 96) * 25.4) + 16;
    onPaper.media = "print";
    roll.replaceSync(`@page roll { size: 80mm ${millimetres}mm; }`);
    document.adoptedStyleSheets = [roll];
  }
  window.print();
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".print")) putOnPaper();
});

// Reading aloud, by a voice of this machine: one that lives elsewhere would be told what the person asked.
function voice() {
  return window.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(root.lang));
}

function quiet() {
  window.speechSynthesis?.cancel();
  document.querySelector(".aloud")?.setAttribute("aria-pressed", "false");
}

function offer() {
  const button = document.querySelector(".aloud");
  if (button) button.hidden = !voice();
}

function read() {
  const reader = voice();
  const parts = document.querySelectorAll(".reply :is(h1, h2, p, li:not(:has(p, button)), dt, dd), .tick .label, .choices:not(.way) .label");
  const spoken = [...parts].map((part) => Object.assign(new SpeechSynthesisUtterance(part.innerText), { voice: reader, lang: reader.lang }));
  spoken.at(-1).addEventListener("end", quiet);
  document.querySelector(".aloud").setAttribute("aria-pressed", "true");
  for (const one of spoken) speechSynthesis.speak(one);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".aloud");
  if (!button) return;
  const reading = button.getAttribute("aria-pressed") === "true";
  quiet();
  if (!reading) read();
});
document.addEventListener("answered", () => { quiet(); offer(); });
window.addEventListener("pagehide", quiet);
window.speechSynthesis?.addEventListener("voiceschanged", offer);
offer();
