// Questions that are asked at the same moment, put together: while some are on their way the next ones gather, and go as
// one. With nobody else there a question goes at once, alone.

/** Answers questions in their order. */
export type AskTogether<Question, Answer> = (questions: readonly Question[]) => Promise<readonly Answer[]>;

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export class GatheredQuestions<Question, Answer> {
  readonly #ask: AskTogether<Question, Answer>;
  readonly #atOnce: number;
  readonly #most: number;
  #waiting: Waiting<Question, Answer>[] = [];
  #underWay = 0;

  /** Asks so many times at once, for so many questions at most. */
  constructor(ask: AskTogether<Question, Answer>, atOnce: number, most: number) {
    this.#ask = ask;
    this.#atOnce = atOnce;
    this.#most = most;
  }

  /** Resolves with an answer that was found after this call; rejects with what stood against those it went with. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#underWay === this.#atOnce || this.#waiting.length === 0) return;
    const together = this.#waiting.slice(0, this.#most);
    this.#waiting = this.#waiting.slice(this.#most);
    this.#underWay++;
    void this.#answer(together);
  }

  async #answer(together: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.#ask(together.map(({ question }) => question));
      for (const [index, { resolve }] of together.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of together) reject(error);
    } finally {
      this.#underWay--;
      this.#next();
    }
  }
}
