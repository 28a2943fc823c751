/** What a row of the catalogue is ordered by. */
export interface CatalogueItem {
  name: string;
  priority: number;
  memory: number;
  difficulty: number;
  status: 'documented' | 'remaining';
}

export const orders = ['name', 'memory', 'difficulty', 'status'] as const;
export type Order = (typeof orders)[number];

/** Compares two trainers; equal ones keep the order of documentation. */
export function compareBy(order: Order): (a: CatalogueItem, b: CatalogueItem) => number {
  return (a, b) => {
    const first = {
      name: a.name.localeCompare(b.name, 'en'),
      memory: a.memory - b.memory,
      difficulty: a.difficulty - b.difficulty,
      status: a.status.localeCompare(b.status, 'en'),
    }[order];
    return first || a.priority - b.priority;
  };
}
