import { lossPanels, settingsText } from '../../../explorers/preference-losses/curves.ts';
import {
  marginInWords,
  notesMarkup,
  numbersMarkup,
  readoutMarkup,
} from '../../../explorers/preference-losses/tables.ts';
import { type LossView, lossSpace, marginStep } from '../../../explorers/preference-losses/view.ts';
import type { Key } from '../../../explorers/state.ts';
import { PanelExplorer } from '../panel-explorer.ts';
import { lossControls } from './controls.ts';

/** `<explorer-preference-losses>`: losses and slopes against the margin, with the margin as cursor. */
class PreferenceLosses extends PanelExplorer<LossView> {
  protected readonly space = lossSpace;
  protected readonly cursor = 'margin';
  protected readonly controls = lossControls;
  protected readonly panels = lossPanels;

  protected override relevant({ losses }: LossView): readonly string[] {
    return losses;
  }

  protected parts(view: LossView) {
    return {
      readout: readoutMarkup(view),
      notes: notesMarkup(view),
      settings: settingsText(view),
      numbers: numbersMarkup(view),
    };
  }

  protected override spoken(key: Key<LossView>, view: LossView): string {
    return key === 'margin' ? marginInWords(view) : super.spoken(key, view);
  }

  protected override bounds(key: Key<LossView>, { span }: LossView) {
    return key === 'margin' ? { min: -span, max: span, step: marginStep(span) } : undefined;
  }
}

customElements.define('explorer-preference-losses', PreferenceLosses);
