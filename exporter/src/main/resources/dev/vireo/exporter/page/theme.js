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
  return document.documentElement.dataset.theme === 'dark';
}

/** Wires the choice; calls back when colours change. */
export function followTheme(select, changed) {
  const apply = () => {
    const system = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = select.value === 'auto' ? system : select.value;
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
