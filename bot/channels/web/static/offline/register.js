// A kiosk keeps nothing of anybody, so it has no worker; where one was left from before, it goes with all it kept.
if ("serviceWorker" in navigator && "caches" in window) {
  if (document.documentElement.classList.contains("kiosk")) {
    navigator.serviceWorker.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
    caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
  } else {
    addEventListener("load", () => navigator.serviceWorker.register("/sw.js"));
  }
}
