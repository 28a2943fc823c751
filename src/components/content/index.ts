import Explorer from '../explorers/Explorer.astro';
import CurvePlot from '../figures/CurvePlot.astro';
import RunPlot from '../figures/RunPlot.astro';
import Answer from './Answer.astro';
import Exercise from './Exercise.astro';
import Migration from './Migration.astro';
import Note from './Note.astro';
import Picture from './Picture.astro';
import Question from './Question.astro';
import QuickFacts from './QuickFacts.astro';
import Warning from './Warning.astro';

/**
 * What authors may use in MDX without an import, and what their pictures become. `Region` and the config tables come
 * from Markdown plugins.
 */
export const contentComponents = {
  Answer,
  CurvePlot,
  Exercise,
  Explorer,
  Migration,
  Note,
  Picture,
  Question,
  QuickFacts,
  RunPlot,
  Warning,
};
