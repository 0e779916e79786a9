// The browser side of the shell: theme, arrival on a page, keys, toast.
(() => {
  "use strict";
  const root = document.documentElement;
  const os = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 820px)");
  let chosen = null;

  const apply = () => {
    root.dataset.bsTheme = chosen || (os.matches ? "dark" : "light");
  };
  os.addEventListener("change", apply);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shell = {
    toggleTheme: () => (root.dataset.bsTheme === "dark" ? "light" : "dark"),
    applyTheme: (theme) => {
      chosen = theme || null;
      apply();
      return root.dataset.bsTheme === "dark" ? "Switch to light" : "Switch to dark";
    },
    arrive: (title) => {
      if (title) document.title = title;
      window.scrollTo(0, 0);
      return ["", !narrow.matches];
    },
  };

  const typing = (element) =>
    element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  document.addEventListener("keydown", (event) => {
    const jump = document.getElementById("shell-jump");
    if (!jump) return;
    if (event.key === "/" && !typing(document.activeElement) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      jump.focus();
    } else if (event.key === "Enter" && document.activeElement === jump) {
      document.querySelector("#shell-jump-results a")?.click();
    } else if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach((menu) => {
        menu.open = false;
      });
      if (document.activeElement === jump) jump.blur();
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (event.target.closest("[data-dismiss]")) {
      window.dash_clientside.set_props("shell-toast", { children: null });
    }
  });
})();
