"use strict";
/* On the page of an article: a button beside each citation that copies it with its words, as people
   cite in letters. Without this script nothing is missing but the button. */
(() => {
  const WORDS = {
    copy: "复制",
    about: (place) => `复制${place}的引用和原文`,
    done: "已复制",
    said: (place) => `已复制${place}的引用和原文`,
    failed: "未能复制，请选取文字后复制",
  };
  const SHOWN = 2000; // milliseconds

  const law = document.querySelector(".law[data-source]");
  if (!law) return;
  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  law.append(status);

  // Where a page is no secure context, as on a plain http server, there is no clipboard for scripts.
  const selectAndCopy = (text) => {
    const field = document.createElement("textarea");
    field.className = "copy-field";
    field.value = text;
    field.setAttribute("aria-hidden", "true");
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const copied = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Not allowed here: try the old way.
      }
    }
    return selectAndCopy(text);
  };

  for (const line of law.querySelectorAll(".line")) {
    const cite = line.querySelector(".cite");
    const words = line.querySelector(".words");
    if (!cite || !words) continue;
    const place = cite.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = WORDS.copy;
    button.setAttribute("aria-label", WORDS.about(place));
    button.addEventListener("click", async () => {
      const done = await copied(`${law.dataset.source}${place}：${words.textContent.trim()}`);
      button.focus();
      button.textContent = done ? WORDS.done : WORDS.copy;
      status.textContent = "";
      status.textContent = done ? WORDS.said(place) : WORDS.failed;
      status.classList.toggle("copy-status--failed", !done);
      window.setTimeout(() => {
        button.textContent = WORDS.copy;
      }, SHOWN);
    });
    const end = document.createElement("span");
    end.className = "line-end";
    cite.replaceWith(end);
    end.append(cite, button);
  }
})();
