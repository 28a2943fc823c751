import { store } from './browser-progress.ts';
import './path-summary.client.ts';
import { bindMarks } from './progress-marks.ts';

/** On a path's own page: the state of every step, and its buttons. */
bindMarks(store, document.querySelector<HTMLElement>('[data-path-steps]')?.dataset.pathSteps);
