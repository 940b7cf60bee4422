"use strict";
(() => {
  const said = document.getElementById("said");
  const plain = document.getElementById("plain");
  const LOOKS = {
    gap: "background-color: #fff0b3; color: #3d2f00",
    banner: "background-color: #9f1239; color: #ffffff; font-weight: bold; padding: 8px 12px",
  };

  // Bold, lists and links, but not this page's own colours, which may be those of a dark screen.
  function formatted(node) {
    const copy = node.cloneNode(true);
    for (const [name, look] of Object.entries(LOOKS)) {
      for (const part of copy.querySelectorAll(`.${name}`)) {
        part.removeAttribute("class");
        part.style.cssText = look;
      }
    }
    return copy.innerHTML.trim();
  }

  function copySelected(node, text, html) {
    const wasHidden = node.hidden;
    node.hidden = false;
    const selection = getSelection();
    const range = document.createRange();
    range.selectNodeContents(node);
    selection.removeAllRanges();
    selection.addRange(range);
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
    };
    document.addEventListener("copy", fill);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    selection.removeAllRanges();
    node.hidden = wasHidden;
    return done;
  }

  for (const place of document.querySelectorAll("[data-script]")) place.hidden = false;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => {
      const node = document.getElementById(button.dataset.copy);
      const done =
        node.id === "text"
          ? copySelected(node, plain.textContent, formatted(node))
          : copySelected(node, node.textContent);
      const heading = button.closest("section").querySelector("h2").textContent;
      said.textContent = done ? `${heading}: ${said.dataset.said}` : said.dataset.failed;
      button.focus();
    });
  }
})();
