export function isRoot(): boolean;

export function ordinaryCopy(projectFolder: string):
  | {
      readonly folder: string;
      readonly options: {
        readonly uid: number;
        readonly gid: number;
        readonly env: Readonly<Record<string, string | undefined>>;
      };
      readonly remove: () => void;
    }
  | undefined;
