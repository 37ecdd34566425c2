/** Words and characters that say how a text is built, not what it is about. */
export const FUNCTION_WORDS = new Set(
  (
    'a an the and or but if of to in on at by for with from as is are was were be been it its this that these those ' +
    'he she they we you i his her their our your my not no do does did have has had can could will would should may ' +
    'might must what which who whom whose when where why how all any each some such than then there here into out up ' +
    'about between through over under more most other one two also only very so just 的 了 是 在 和 与 或 有 不 这 那 ' +
    '我 你 他 她 它 们 为 以 及 对 中 上 下 个 一 什么 怎么 如何 为什么 哪些 哪个 多少 可以 我们 你们 他们 这个 那个 一个 进行'
  ).split(' '),
);
