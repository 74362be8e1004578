// What is compiled from schemas is compiled when the first request needs it: some two hundred of them, a third of a second,
// would else stand between the start of a process and its first answer.

/** A function that makes itself when it is first called. */
export function onFirstUse<Parameters extends readonly unknown[], Result>(
  make: () => (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  let made: ((...parameters: Parameters) => Result) | undefined;
  return (...parameters) => {
    made ??= make();
    return made(...parameters);
  };
}
