import { writeNote } from './output';

/** Notes every tenth of a work that takes long. */
export function noteTenths(work: string): (progress: { readonly fraction: number }) => void {
  let noted = 0;
  return ({ fraction }) => {
    const tenths = Math.floor(fraction * 10);
    if (tenths > noted) {
      noted = tenths;
      writeNote(`${work}: ${tenths * 10} %`);
    }
  };
}
