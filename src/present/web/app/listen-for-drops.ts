type DropHandlers = {
  /** Whether something is held over the page. */
  onOver: (over: boolean) => void;
  onFiles: (files: File[]) => void;
};

/** Takes files that are dropped anywhere on the page. @returns what ends it */
export const listenForDrops = (target: Document, { onOver, onFiles }: DropHandlers): (() => void) => {
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) {
      event.preventDefault();
      onOver(true);
    }
  };
  const leave = (event: DragEvent): void => onOver(event.relatedTarget !== null);
  const drop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    onOver(false);
    if (files.length > 0) {
      event.preventDefault();
      onFiles(files);
    }
  };
  target.addEventListener('dragover', over);
  target.addEventListener('dragleave', leave);
  target.addEventListener('drop', drop);
  return () => {
    target.removeEventListener('dragover', over);
    target.removeEventListener('dragleave', leave);
    target.removeEventListener('drop', drop);
  };
};
