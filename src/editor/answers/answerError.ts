/**
 * - `no-model`: no model is on this machine, and the user has not said yet where one is to come from
 * - `downloading`: the model is being downloaded at the user's request; nobody is kept waiting for that
 * - `invalid-query`: a query that cannot be read, or that the loaded model cannot answer
 * - `failed`: the model could not be loaded or asked
 */
export type AnswerErrorCode = 'no-model' | 'downloading' | 'invalid-query' | 'failed';

/**
 * Why a question about tokens has no answer, in sentences that may be shown. It holds nothing but the code and the message: other
 * extensions get it as it is.
 */
export class AnswerError extends Error {
  override readonly name = 'TokenscopeError';

  constructor(
    readonly code: AnswerErrorCode,
    message: string,
  ) {
    super(message);
  }
}
