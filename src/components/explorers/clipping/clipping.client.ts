import { clipPanels } from '../../../explorers/clipping/curves.ts';
import {
  notesMarkup,
  numbersMarkup,
  ratioInWords,
  readoutMarkup,
  settingsText,
} from '../../../explorers/clipping/tables.ts';
import { type ClipView, clipSpace, ratioStep } from '../../../explorers/clipping/view.ts';
import type { Key } from '../../../explorers/state.ts';
import { PanelExplorer } from '../panel-explorer.ts';
import { clipControls } from './controls.ts';

/** `<explorer-clipping>`: objective and push of a token against its ratio, with the ratio as cursor. */
class Clipping extends PanelExplorer<ClipView> {
  protected readonly space = clipSpace;
  protected readonly cursor = 'ratio';
  protected readonly controls = clipControls;
  protected readonly panels = clipPanels;

  protected parts(view: ClipView) {
    return {
      readout: readoutMarkup(view),
      notes: notesMarkup(view),
      settings: settingsText(view),
      numbers: numbersMarkup(view),
    };
  }

  protected override relevant({ methods }: ClipView): readonly string[] {
    return methods;
  }

  protected override spoken(key: Key<ClipView>, view: ClipView): string {
    return key === 'ratio' ? ratioInWords(view) : super.spoken(key, view);
  }

  protected override bounds(key: Key<ClipView>, { span }: ClipView) {
    const step = ratioStep(span);
    return key === 'ratio' ? { min: step, max: span, step } : undefined;
  }
}

customElements.define('explorer-clipping', Clipping);
