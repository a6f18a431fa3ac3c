// Comfort only: every page works without this file. It stores nothing and loads nothing from others.
"use strict";
(() => {
  const body = document.body;

  // A page from the browser's memory may show what somebody logged off from: fetch it anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted && body.dataset.end) location.reload();
  });

  // Errors: go to their summary.
  const errors = document.querySelector(".bp-errors");
  if (errors) errors.focus();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // Municipalities: the list follows the words, with the server's own answer.
  const live = document.querySelector("form[data-live]");
  if (live && window.fetch) {
    const list = document.getElementById(live.dataset.live);
    const field = live.querySelector("[name=q]");
    let timer = 0;
    let latest = 0;
    const renew = async () => {
      const turn = (latest += 1);
      try {
        const answer = await fetch(live.action + "?" + new URLSearchParams(new FormData(live)));
        if (!answer.ok || turn !== latest) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(live.dataset.live);
        if (!fresh || turn !== latest) return;
        // The status line stays the same element, so that a screen reader says its new words.
        const [oldLine, newLine] = [list.firstElementChild, fresh.firstElementChild];
        oldLine.textContent = newLine.textContent;
        while (oldLine.nextSibling) oldLine.nextSibling.remove();
        newLine.remove();
        list.append(...fresh.childNodes);
      } catch {
        // The button still works.
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(renew, 200);
    });
  }

  // The session: warn before it ends, extend with one press, leave when it is over.
  const box = document.getElementById("session-box");
  if (box && body.dataset.warn) {
    const form = box.querySelector("form");
    const start = () => {
      const began = Date.now();
      const past = (seconds) => Date.now() - began >= seconds * 1000;
      const watch = setInterval(() => {
        if (past(Number(body.dataset.end))) {
          clearInterval(watch);
          // Words that nobody has sent yet are sent now: the server keeps them and shows them after the next log-in.
          const kept = document.querySelector("form[data-keep]");
          if (kept) kept.submit();
          else location.href = box.dataset.ended;
        } else if (past(Number(body.dataset.warn)) && !box.open) {
          box.showModal();
        }
      }, 5000);
      return watch;
    };
    let watch = start();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) throw new Error("refused");
        box.close();
        clearInterval(watch);
        watch = start();
      } catch {
        form.submit();
      }
    });
  }
})();
