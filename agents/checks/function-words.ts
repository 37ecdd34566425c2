const list = (text: string) => text.trim().split(/\s+/u);

/** Words that hold a sentence together and name nothing: a paraphrase may use them though the passage does not. */
export const FUNCTION_WORDS = new Set([
  ...list(`的话 因此 因为 所以 而且 并且 但是 然而 不过 如果 那么 因而 于是 从而 以及 或者 或是 还是 就是 只是 也是 都是 可以 能够 可能 应该 应当 需要
    必须 通常 一般 往往 常常 经常 例如 比如 例 其中 其实 其他 其它 这样 那样 这种 那种 这些 那些 这个 那个 它们 他们 我们 你们 自己 由于 为了 对于 关于
    根据 按照 通过 随着 当时 同时 然后 接着 最后 首先 其次 此外 另外 总之 叫作 叫做 称为 称作 属于 成为 变成 作为 进行 具有 拥有 包括 包含 表示 说明
    指出 认为 得到 发生 出现 存在 使得 导致 引起 造成 形成 产生 使用 利用 采用 用来 用于 主要 非常 十分 比较 更加 越来越 一起 一种 一个 一些 许多 很多
    多种 各种 各个 每个 所有 大约 左右 大概 约为 即可 即使 虽然 尽管 无论 不论 只要 只有 除了 以外 之间 之中 当中 里面 外面 上面 下面 方面 情况 时候
    以后 以前 之后 之前 后来 开始 结束 继续 直到 直接 间接 容易 简单 重要 不同 相同 相关 有关 有着 没有 不是 不能 不会 不要 会有 也会 便会 才能 就会
    还有 还要 并不 不仅 不但 反而 否则 尤其 特别 以下 以上 如下 即是 指的 是指 意思 内容 问题 方法 东西 事情 部分 整个 全部 任何 某种 某个 之一 称之为 资料 材料 文中 文章 课文 本文 原文`),
  ...list(`a an the this that these those it its they them their there he she his her we us our you your i me my one ones who whom
    whose which what when where why how and or but so nor for yet if unless while because since although though as than
    then thus hence therefore however moreover also both either neither each every all any some many much most more few
    fewer several other another such same only just even still already again very quite rather too not no never of in on
    at by to from with without within into onto over under between among through during before after above below up down
    out off about around across along against toward towards until upon via per is are was were be been being am do does
    did done doing have has had having can could may might must shall should will would get gets got make makes made
    making take takes took taken taking give gives gave given use uses used using happen happens happened occur occurs
    call calls called mean means meant show shows showed shown help helps helped allow allows let lets become becomes
    became keep keeps kept put puts way ways thing things kind kinds part parts type types form forms example examples
    case cases fact usually often sometimes generally typically mainly mostly simply directly together instead first
    second third finally next note overall remember according like likely due based include includes including contain
    contains need needs needed want wants text passage passages library material lesson resource source`),
]);

/** Past forms that no stemmer brings back to their verb. */
export const IRREGULAR: Record<string, string> = Object.fromEntries(
  list(`kept:keep held:hold found:find left:leave lost:lose built:build sent:send spent:spend felt:feel said:say told:tell
    thought:think brought:bring bought:buy taught:teach caught:catch ran:run began:begin begun:begin grew:grow grown:grow knew:know
    known:know drew:draw drawn:draw broke:break broken:break wrote:write written:write chose:choose chosen:choose rose:rise
    risen:rise fell:fall fallen:fall led:lead met:meet paid:pay sold:sell stood:stand understood:understand won:win saw:see
    seen:see went:go gone:go came:come lay:lie lain:lie men:man women:woman children:child people:person feet:foot teeth:tooth`).map(
    pair => pair.split(':') as [string, string],
  ),
);
