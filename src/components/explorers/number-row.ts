/** A row of number fields for one list of a state. */
export interface NumberRow {
  /** The state's key, and so the fields' name. */
  key: string;
  /** Ids begin with it. */
  id: string;
  legend: string;
  /** One a field, as markup. */
  labels: readonly string[];
  min: number;
  max: number;
  step: number;
}

/**
 * The fields without their values: the markup stays the same while numbers change, so a field that is being typed
 * into is not written anew. `fill` of the element puts the values in.
 */
export function numberRow({ key, id, legend, labels, min, max, step }: NumberRow): string {
  const fields = labels.map(
    (label, i) =>
      `<label for="${id}-${i}">${label}</label><input id="${id}-${i}" name="${key}" type="number" inputmode="decimal" min="${min}" max="${max}" step="${step}" required>`,
  );
  return `<fieldset class="number-row"><legend>${legend}</legend>${fields.map((field) => `<p>${field}</p>`).join('')}</fieldset>`;
}
