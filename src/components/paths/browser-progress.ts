import { ProgressStore, storageKey } from '../../progress/progress-store.ts';

/** The progress of this browser, in step with its other tabs. */
export const store = new ProgressStore(
  () => localStorage,
  () => new Date().toISOString(),
);

addEventListener('storage', ({ key, newValue }) => {
  if (key === storageKey || key === null) store.reload({ forgotten: newValue === null });
});
// A page that comes back from the browser's cache heard of nothing meanwhile.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) store.reload();
});
