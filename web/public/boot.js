// Runs before the first paint, so that neither theme, language, direction nor layout flickers.
(() => {
  const read = key => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is off: the defaults below serve
    }
  };
  const chosen = read('zhujiao.theme');
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const language = read('zhujiao.language') ?? navigator.language;
  const root = document.documentElement;
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  for (const mode of ['elder', 'sparing'])
    root.toggleAttribute(`data-${mode}`, read(`zhujiao.${mode}`) === 'yes');
  root.lang = /^zh/i.test(language) ? 'zh-CN' : /^ar/i.test(language) ? 'ar' : 'en';
  root.dir = root.lang === 'ar' ? 'rtl' : 'ltr';
})();
