/** The words of the examples; each quote stands word for word in its passage. */
export const WORDS = {
  zh: {
    question: '光合作用在哪里进行？',
    title: '光合作用',
    description: '植物怎样用阳光、水和二氧化碳制造有机物，并放出氧气。',
    subject: '生物',
    grade: '七年级',
    provider: '助教示例',
    reason: '这份资料讲的就是“光合作用”。',
    heading: '在哪里进行',
    passage:
      '光合作用在叶绿体里进行。叶绿体中的叶绿素吸收光能，主要吸收红光和蓝光，所以叶片看上去是绿色的。反应可以写成 $6CO_2+6H_2O\\to C_6H_{12}O_6+6O_2$。',
    quotes: [
      '光合作用在叶绿体里进行。',
      '叶绿体中的叶绿素吸收光能，主要吸收红光和蓝光，所以叶片看上去是绿色的。',
    ],
    unsourced: '请学生说说，黄色的叶子能不能进行光合作用。',
    byHand: '用校门口那棵银杏的照片引入。',
    human: '这件事请和班主任或者家里的大人谈一谈。',
    error: '模型暂时连不上。',
    gaps: ['从成都坐火车到拉萨大概要多少个小时？', '给水通电，正极和负极冒出来的分别是什么气？'],
  },
  en: {
    question: 'Where does photosynthesis take place?',
    title: 'Photosynthesis',
    description: 'How plants make food out of light, water and carbon dioxide, and give off oxygen.',
    subject: 'Biology',
    grade: 'Grade 7',
    provider: 'Zhujiao samples',
    reason: 'Its topic is “photosynthesis”.',
    heading: 'Where it happens',
    passage:
      'Photosynthesis takes place in the chloroplasts. Their chlorophyll absorbs mainly red and blue light, which is why leaves look green. As an equation: $6CO_2+6H_2O\\to C_6H_{12}O_6+6O_2$.',
    quotes: [
      'Photosynthesis takes place in the chloroplasts.',
      'Their chlorophyll absorbs mainly red and blue light, which is why leaves look green.',
    ],
    unsourced: 'Ask the class whether a yellow leaf can still make food.',
    byHand: 'Begin with the photo of the ginkgo at the school gate.',
    human: 'Please talk about this with your teacher or somebody at home.',
    error: 'The model cannot be reached at the moment.',
    gaps: ['Who composed the opera Rusalka?', 'Which month is best for pruning climbing roses?'],
  },
} as const;
