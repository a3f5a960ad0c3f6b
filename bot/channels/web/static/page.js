// With a script the page answers in place: the answer is read out first, and a tick does not move the page.
// Without one the same forms do the same things.
document.documentElement.classList.add("scripted");

let waiting = false;

function show(answer, pressed) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(page.body);
  const again = pressed && document.querySelector(`.tick[value="${CSS.escape(pressed)}"]`);
  if (again) return again.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  const first = document.querySelector(".reply > :first-child");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  if (location.pathname !== "/") return;
  event.preventDefault();
  if (waiting) return;
  waiting = true;
  const { target: form, submitter } = event;
  try {
    const fields = new FormData(form, submitter);
    const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    show(await answer.text(), submitter?.value);
    history.pushState(null, "", "/");
  } catch {
    // No answer came. The browser sends the same form itself and says what is wrong; taken twice, it counts once.
    if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
    form.submit();
  } finally {
    waiting = false;
  }
});

// Back shows where the talk stands, as it does without a script; it does not leave the page.
window.addEventListener("popstate", () => location.reload());

document.addEventListener("click", (event) => {
  if (event.target.closest(".print")) window.print();
});
