/** Light or dark: what the system says, or what was chosen here. */
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function remembered(name, otherwise) {
  try {
    return localStorage.getItem('vireo.' + name) || otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem('vireo.' + name, value);
  } catch {
    // a browser that keeps nothing shows the page all the same
  }
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || (chosen !== 'light' && dark.matches);
}

/** Wires the choice; calls back when colours change. */
export function followTheme(select, changed) {
  const apply = () => {
    document.documentElement.dataset.theme = select.value;
    changed();
  };
  select.value = remembered('theme', 'auto');
  select.addEventListener('change', () => {
    remember('theme', select.value);
    apply();
  });
  dark.addEventListener('change', apply);
  apply();
}
