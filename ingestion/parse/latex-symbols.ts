/** Characters of formulas that LaTeX writes as commands. */
const COMMANDS: Record<string, string> = Object.fromEntries(
  (
    'α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda ' +
    'μ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega ' +
    'Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ' +
    '× times ÷ div ± pm ∓ mp · cdot ⋅ cdot ∗ ast ∘ circ ⊕ oplus ⊗ otimes ≤ le ≥ ge ⩽ leqslant ⩾ geqslant ≠ ne ' +
    '≈ approx ≡ equiv ≅ cong ∼ sim ∝ propto ≪ ll ≫ gg ∞ infty ∂ partial ∇ nabla ∅ emptyset ∈ in ∉ notin ∋ ni ' +
    '⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∪ cup ∩ cap ∖ setminus ∀ forall ∃ exists ¬ neg ∧ wedge ∨ vee ' +
    '→ to ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↑ uparrow ↓ downarrow ⇌ rightleftharpoons ' +
    '↦ mapsto ∠ angle △ triangle ⊥ perp ∥ parallel ∵ because ∴ therefore … ldots ⋯ cdots ⋮ vdots ⋱ ddots ' +
    '∑ sum ∏ prod ∫ int ∬ iint ∮ oint √ surd ⟨ langle ⟩ rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ‖ Vert ℏ hbar ℓ ell'
  )
    .split(' ')
    .map((word, i, words) => (i % 2 === 0 ? [word, `\\${words[i + 1]}`] : []))
    .filter(pair => pair.length > 0),
);

const OTHERS: Record<string, string> = {
  '\\': '\\backslash ',
  '^': '\\hat{}',
  '~': '\\sim ',
  '−': '-',
  '′': "'",
  '″': "''",
  '°': '^{\\circ}',
  ℝ: '\\mathbb{R}',
  ℕ: '\\mathbb{N}',
  ℤ: '\\mathbb{Z}',
  ℚ: '\\mathbb{Q}',
  ℂ: '\\mathbb{C}',
  // Marks that apply a function or multiply without being seen.
  '\u2061': '',
  '\u2062': '',
  '\u200B': '',
};

const FUNCTIONS = new Set(
  'sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf det dim ker gcd deg arg'.split(
    ' ',
  ),
);

/** Letters of formulas have code points of their own (𝑥, 𝐀), which nobody types. */
const MATH_LETTERS = /[\u{1D400}-\u{1D7FF}]+/gu;

/** Stretches that are words: Chinese and its punctuation, and other scripts that formulas don't use. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]+/gu;

/** The characters of a formula as LaTeX; as words when `isPlain`. */
export function latexOfText(text: string, isPlain = false): string {
  const plain = text.replace(MATH_LETTERS, letters => letters.normalize('NFKC'));
  if (isPlain && /\p{L}{2}|\s/u.test(plain)) return `\\text{${escaped(plain)}}`;
  let latex = '';
  let end = 0;
  for (const words of plain.matchAll(WORDS)) {
    latex += `${symbols(plain.slice(end, words.index))}\\text{${words[0]}}`;
    end = words.index + words[0].length;
  }
  return latex + symbols(plain.slice(end));
}

function symbols(text: string): string {
  return text.replace(/[A-Za-z]+|[^A-Za-z0-9\s]/gu, word => {
    if (FUNCTIONS.has(word)) return `\\${word} `;
    if (Object.hasOwn(COMMANDS, word)) return `${COMMANDS[word]} `;
    return OTHERS[word] ?? escaped(word);
  });
}

function escaped(text: string): string {
  return text.replace(/[{}%#&_$]/g, '\\$&');
}
