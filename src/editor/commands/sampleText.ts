/** First line of {@link SAMPLE_TEXT}, by which an editor that shows it is found again. */
export const SAMPLE_HEADING = '# How a language model sees text';

/**
 * A text on which everything can be tried: words that fall into tokens otherwise alone and after a space, names, other scripts,
 * pictures, code, and a prompt that ends with a space.
 */
export const SAMPLE_TEXT = `${SAMPLE_HEADING}

A model reads no letters. A tokenizer cuts a text into tokens, and each token stands for one row of a matrix.

I ate a banana and an apple.

banana alone is two tokens, apple is one, and cosmic is two again.

Mike met Michael, Chris and Jim at the cosmic bowling night.

## What falls apart in odd ways

- Case, spaces and names: Banana, BANANA,  two  spaces, snake_case_name, camelCaseName
- Numbers: 7, 42, 2026, 3.14159, 1,000,000
- Other scripts: Übergröße, нейросеть, 語言模型, しずく
- Pictures: 🍌 and 👩‍🚀
- Whole words that few people ever wrote: SolidGoldMagikarp, antidisestablishmentarianism

\`\`\`python
def similarity(first, second):
    return first @ second / (norm(first) * norm(second))
\`\`\`

A prompt must not end with a space, since the next word brings its own: The answer is `;
