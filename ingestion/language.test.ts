import { describe, expect, it } from 'vitest';
import { detectLanguage, plainLanguage } from './language.ts';

describe('detectLanguage', () => {
  it.each([
    ['zh', '牛顿第二定律：加速度与合外力成正比。'],
    ['zh', 'Spring Boot 的 @Autowired 注解用于 dependency injection，默认按类型装配。'],
    [
      'en',
      'The city of Xi’an (西安) was the capital of thirteen dynasties, and its walls are the best preserved in China.',
    ],
    ['ja', '加速度は力に比例し、質量に反比例する。'],
    ['ko', '가속도는 힘에 비례하고 질량에 반비례한다.'],
    ['en', '3 + 4 = 7'],
  ])('%s: %s', (language, text) => expect(detectLanguage(text)).toBe(language));
});

describe('plainLanguage', () => {
  it.each([
    ['zh-CN', 'zh'],
    ['zh_Hans_SG', 'zh'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['en-US', 'en'],
    ['FR', 'fr'],
  ])('%s is %s', (tag, language) => expect(plainLanguage(tag)).toBe(language));
});
