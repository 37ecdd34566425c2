import { print } from './terminal.ts';

interface Started {
  url: string;
  accounts: { username: string; role: string; password: string }[] | null;
}

/** Prints once where the product is, and the demo accounts of a first start, which are told nowhere else. */
export function announceTo(json: boolean | undefined): (started: Started) => void {
  return started =>
    print(json, started, () => {
      const lines =
        started.accounts?.map(({ username, password }) => `    ${username.padEnd(8)} ${password}`) ?? [];
      const demo =
        lines.length > 0 ? ['', '  Demo accounts, shown only now · 演示账号，仅此一次显示:', ...lines] : [];
      return [
        '',
        `  Zhujiao 助教  ${started.url}`,
        ...demo,
        '',
        '  Ctrl+C ends it · 按 Ctrl+C 结束',
        '',
      ].join('\n');
    });
}
