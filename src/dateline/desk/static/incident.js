// An incident's page: what asks for the correcting panel unfolds it; while it is unfolded the incident is locked, so that colleagues see it.

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const RENEWED_MS = 120_000;
const tell = (url, keepalive = false) => fetch(url, { method: "POST", headers: { "X-CSRF-Token": token }, keepalive });

for (const link of document.querySelectorAll("[data-unfold]")) {
  link.addEventListener("click", (event) => {
    const panel = document.getElementById(link.dataset.unfold);
    if (!panel) return;
    event.preventDefault();
    panel.open = true;
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("select, input:not([type=hidden]), textarea")?.focus();
  });
}

for (const panel of document.querySelectorAll("details[data-lock]")) {
  let renewing = 0;
  const lock = () => tell(panel.dataset.lock).catch(() => {});
  const follow = () => {
    clearInterval(renewing);
    if (panel.open) {
      lock();
      renewing = setInterval(lock, RENEWED_MS);
    } else {
      tell(panel.dataset.lock.replace(/lock$/, "unlock")).catch(() => {});
    }
  };
  panel.addEventListener("toggle", follow);
  if (panel.open) follow();
  addEventListener("pagehide", () => { if (panel.open) tell(panel.dataset.lock.replace(/lock$/, "unlock"), true); });
}
