// Light or dark: as the system says, until somebody chooses.

const dark = matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  return (localStorage.getItem("practice.theme") ?? (dark.matches ? "dark" : "light")) === "dark";
}

export function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

export function flipTheme() {
  localStorage.setItem("practice.theme", isDark() ? "light" : "dark");
  applyTheme();
}

dark.addEventListener("change", applyTheme);
