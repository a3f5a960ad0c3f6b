// Keeps the guides last read, so that they can be read again where there is no network. The talk is never kept:
// only public guide pages and the files they need. STATIC is written above by the server.

const GUIDES = "guides-1";
const FILES = `files-${STATIC}`;
const OFFLINE = "/ngoai-mang";
const GUIDE = /^\/(en\/)?thu-tuc\/[a-z0-9.-]+$/;
const MOST = 40;
const PATIENCE = 4000; // milliseconds; then the kept page is better than a blank one

self.addEventListener("install", (event) => {
  const needed = [OFFLINE, `${STATIC}style.css`, `${STATIC}page.js`, "/favicon.svg"];
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(needed)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== GUIDES && name !== FILES);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(STATIC) || pathname === "/favicon.svg") event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if (GUIDE.test(pathname)) event.respondWith(guide(request));
  else event.respondWith(fetch(request).catch(() => nothing()));
});

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await files.put(request, answer.clone());
  return answer;
}

async function guide(request) {
  const guides = await caches.open(GUIDES);
  const kept = await guides.match(request, { ignoreVary: true });
  // Asked anew each time, or the browser's own store would answer without saying that there is no network.
  const answered = fetch(request.url, { cache: "no-cache", redirect: "manual" }).then(async (answer) => {
    if (answer.ok) await keep(guides, request, answer.clone());
    if (answer.status === 404 || answer.status === 410) await guides.delete(request, { ignoreVary: true });
    return answer;
  });
  if (!kept) return answered.catch(() => nothing());
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([answered, late]).catch(() => undefined);
  return answer ?? marked(kept);
}

async function keep(guides, request, answer) {
  await guides.delete(request, { ignoreVary: true }); // so that the last read is the last in the list
  await guides.put(request, answer);
  const all = await guides.keys();
  await Promise.all(all.slice(0, Math.max(all.length - MOST, 0)).map((old) => guides.delete(old)));
}

// The page as it was, saying that it is a kept one and of which day.
async function marked(kept) {
  const day = new Date(kept.headers.get("date") ?? 0).toLocaleDateString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
  const page = await kept.text();
  return html(page.replace("<body", "<body data-offline").replace('<time class="kept"></time>', `<time class="kept">${day}</time>`));
}

async function nothing() {
  const offline = await caches.match(OFFLINE, { ignoreVary: true });
  const guides = await caches.open(GUIDES);
  const rows = (await guides.keys()).reverse().map(async (request) => {
    const page = await (await guides.match(request)).text();
    const title = page.match(/<h1[^>]*>([^<]*)<\/h1>/)?.[1] ?? "";
    return title && `<li><a href="${new URL(request.url).pathname}">${title}</a></li>`;
  });
  const list = (await Promise.all(rows)).join("");
  return html((await offline.text()).replace('<ul class="kept"></ul>', `<ul class="kept">${list}</ul>`));
}

function html(text) {
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}
