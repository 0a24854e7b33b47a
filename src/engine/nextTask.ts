/** Lets messages in, so that a cancellation is seen and other questions are answered. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
