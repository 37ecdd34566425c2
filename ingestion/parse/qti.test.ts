import { describe, expect, it } from 'vitest';
import { parseQti } from './qti.ts';

const parse = (xml: string) => parseQti(Buffer.from(xml), 'quiz/分数.xml');

const QTI1 = `<questestinterop><assessment ident="q" title="分数小测"><section ident="s" title="选择题">
<item ident="i1" title="Question"><presentation><material><mattext texttype="text/html">&lt;p&gt;下面哪个等于 \\(\\frac12\\)？&lt;img src="a.png" alt="半圆"&gt;&lt;/p&gt;</mattext></material>
<response_lid ident="r"><render_choice><response_label ident="11"><material><mattext>0.5</mattext></material></response_label>
<response_label ident="12"><material><mattext>0.2</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><respcondition><conditionvar><varequal respident="r">11</varequal><not><varequal respident="r">12</varequal></not></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition>
<respcondition><conditionvar><varequal respident="r">12</varequal></conditionvar><setvar varname="SCORE">0</setvar></respcondition></resprocessing>
<itemfeedback ident="general_fb"><flow_mat><material><mattext>一除以二。</mattext></material></flow_mat></itemfeedback></item></section></assessment></questestinterop>`;

const QTI2 = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="c1" title="Photosynthesis colours">
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"><correctResponse><value>a</value><value>c</value></correctResponse></responseDeclaration>
<responseDeclaration identifier="T" cardinality="single" baseType="string"><correctResponse><value>green</value></correctResponse></responseDeclaration>
<itemBody><p>With <m:math xmlns:m="http://www.w3.org/1998/Math/MathML" alttext="E=h\\nu"><m:mi>E</m:mi></m:math>, leaves look <textEntryInteraction responseIdentifier="T"/>.</p>
<choiceInteraction responseIdentifier="R" maxChoices="0"><prompt>Which are absorbed?</prompt><simpleChoice identifier="a">red<feedbackInline identifier="x">no!</feedbackInline></simpleChoice><simpleChoice identifier="b">green</simpleChoice><simpleChoice identifier="c">blue</simpleChoice></choiceInteraction></itemBody>
<modalFeedback identifier="f" outcomeIdentifier="F" showHide="show"><p>Green is reflected.</p></modalFeedback></assessmentItem>`;

const EXPECTED2 =
  'With $E=h\\nu$, leaves look ____ .\n\nWhich are absorbed?\n\nA. red\nB. green\nC. blue\n\nAnswer: A, C; green\n\nExplanation: Green is reflected.';

describe('a question bank', () => {
  it('of QTI 1.2 is a quiz with a section a question: prompt, choices, answer, explanation', async () => {
    const { resources, leftOut } = await parse(QTI1);
    expect(resources[0]!.input).toMatchObject({ id: 'quiz/分数.xml', title: '分数小测', type: 'quiz' });
    expect(resources[0]!.sections).toEqual([
      {
        heading: ['选择题', '第 1 题'],
        text: '下面哪个等于 \\(\\frac12\\)？ [半圆]\n\nA. 0.5\nB. 0.2\n\n答案：A\n\n解析：一除以二。',
      },
    ]);
    expect(leftOut).toEqual([
      { place: 'quiz/分数.xml#i1', reason: 'picture or sound "a.png": only text is read' },
    ]);
  });

  it('of QTI 2 keeps formulas, blanks and several answers', async () => {
    expect((await parse(QTI2)).resources[0]!.sections).toEqual([
      { heading: ['1. Photosynthesis colours'], text: EXPECTED2 },
    ]);
  });

  it('of QTI 3 is the same', async () => {
    const names =
      /(<\/?)(assessmentItem|responseDeclaration|correctResponse|value|itemBody|textEntryInteraction|choiceInteraction|prompt|simpleChoice|feedbackInline|modalFeedback)\b/g;
    const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const qti3 = QTI2.replace(names, (_, open, name) => `${open}qti-${kebab(name)}`).replace(
      /responseIdentifier|baseType|showHide/g,
      kebab,
    );
    expect((await parse(qti3)).resources[0]!.sections[0]!.text).toBe(EXPECTED2);
  });

  it.each([
    ['other XML', '<rss/>'],
    ['an empty bank', '<questestinterop><assessment title="x"/></questestinterop>'],
    ['a cut file', QTI1.slice(0, 400)],
    ['entities', `<!DOCTYPE a [<!ENTITY x "y">]>${QTI2}`],
  ])('that is %s ends in a reason', async (_, xml) => {
    await expect(parse(xml)).rejects.toMatchObject({ code: 'unreadable-resource' });
  });
});
