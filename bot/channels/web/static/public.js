// The list answers while one types, with what the server would answer to the same form; and a page can be shared.
const box = document.querySelector(".find input[name=q]");
const found = document.getElementById("found");
const listed = document.getElementById("listed");
const WAIT = 120; // milliseconds without a letter

let latest, timer;

async function find() {
  const words = box.value.trim();
  latest?.abort();
  latest = new AbortController();
  const fields = new URLSearchParams(new FormData(box.form));
  if (!words) fields.delete("q");
  if (words) {
    try {
      const answer = await fetch(`/thu-tuc?${fields}&phan=1`, { signal: latest.signal });
      if (!answer.ok) return;
      found.innerHTML = await answer.text();
    } catch {
      return; // another letter came, or no answer did: the button still asks the server
    }
  }
  found.hidden = !words;
  if (listed) listed.hidden = Boolean(words);
}

if (box && found) {
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, WAIT);
  });
}

document.querySelector(".share")?.addEventListener("click", async ({ currentTarget: button }) => {
  const address = document.querySelector("link[rel=canonical]").href;
  if (navigator.share) return navigator.share({ title: document.title, url: address }).catch(() => {});
  await navigator.clipboard.writeText(address);
  button.querySelector(".label").textContent = button.dataset.done;
});
